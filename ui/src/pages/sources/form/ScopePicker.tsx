import { useState } from "react";
import { Button } from "../../../components/Button";
import { Upstream } from "../../../components/Upstream";
import { CheckList } from "../../../components/fields/CheckList";
import { SelectField } from "../../../components/fields/SelectField";
import { counted } from "../../../format/number";
import type { Catalogue, CatalogueEntry, ScopeChoice, SourceDraft } from "../../../host/bindings";
import { useHost } from "../../../host/context";
import { messageOf } from "../../../host/error";
import { Refusal } from "./Refusal";
import { useSeen } from "./seen";

interface ScopePickerProps {
  draft: SourceDraft;
  of: string | null;
  onChange: (scope: ScopeChoice | null) => void;
}

/** Which schedules and services of a source are read, chosen before anything of it is stored. */
export function ScopePicker({ draft, of, onChange }: ScopePickerProps) {
  const host = useHost();
  const [found, setFound] = useState<Catalogue | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const list = () => {
    setBusy(true);
    setRefusal(null);
    host
      .sourceCatalogue(draft, of)
      .then(setFound, (error: unknown) => setRefusal(messageOf(error)))
      .finally(() => setBusy(false));
  };
  if (found) return <Lists found={found} onChange={onChange} />;
  return (
    <div className="border-t border-line pt-3">
      <p className="mb-1.5 text-sm text-muted">
        All of it is read, unless you choose. What is not chosen is never stored.
      </p>
      <Button disabled={busy} onClick={list}>
        {busy ? "Listing what is there…" : "Choose what is read"}
      </Button>
      {refusal !== null && <Refusal text={refusal} />}
    </div>
  );
}

const chosenOf = (entries: readonly CatalogueEntry[]) =>
  entries.filter((entry) => entry.chosen).map((entry) => entry.id);

function Lists({ found, onChange }: { found: Catalogue; onChange: ScopePickerProps["onChange"] }) {
  const [team, setTeam] = useState(found.own_teams[0] ?? "");
  const [schedules, setSchedules] = useState(() => chosenOf(found.schedules));
  const [services, setServices] = useState(() => chosenOf(found.services));
  const tell = (next: { team: string; schedules: string[]; services: string[] }) => {
    setTeam(next.team);
    setSchedules(next.schedules);
    setServices(next.services);
    const changed = (ids: string[], entries: readonly CatalogueEntry[]) =>
      ids.toSorted().join() === chosenOf(entries).toSorted().join() ? null : ids;
    const scope = {
      team: next.team,
      schedules: changed(next.schedules, found.schedules),
      services: changed(next.services, found.services),
    };
    onChange(scope.schedules === null && scope.services === null ? null : scope);
  };
  const now = { team, schedules, services };
  const ref = useSeen<HTMLElement>(found);
  /** All that belongs to one of the source's teams. */
  const ofTeam = (entry: CatalogueEntry) => {
    const id = entry.id.slice(entry.id.indexOf(":") + 1);
    const own = found.services.filter((service) => service.team === id).map((service) => service.id);
    if (own.length > 0) tell({ ...now, services: own });
  };
  return (
    <section ref={ref} aria-label="What is read" className="flex flex-col gap-2.5 border-t border-line pt-3">
      <h3 className="font-semibold">What is read</h3>
      <SelectField
        label="For team"
        help="Stands in fairlead.toml, under [[team]]. What is not chosen is never stored."
        options={found.own_teams.map((name) => ({ id: name, word: name }))}
        value={team}
        onChange={(next) => tell({ ...now, team: next })}
      />
      {found.teams.length > 0 && (
        <div className="flex flex-wrap items-center gap-1">
          <span className="text-sm text-muted">Services of</span>
          {found.teams.map((entry) => (
            <Button key={entry.id} onClick={() => ofTeam(entry)}>
              <Upstream text={entry.name} />
              {entry.members !== null && (
                <span className="font-normal text-muted">{counted(entry.members, "person", "people")}</span>
              )}
            </Button>
          ))}
        </div>
      )}
      <List
        word="Schedules"
        teams={found.teams}
        entries={found.schedules}
        chosen={schedules}
        onChange={(ids) => tell({ ...now, schedules: ids })}
      />
      <List
        word="Services"
        teams={found.teams}
        entries={found.services}
        chosen={services}
        onChange={(ids) => tell({ ...now, services: ids })}
      />
      {found.missing.map((line) => (
        <p key={line} className="text-sm wrap-anywhere text-muted">
          Not listed: <Upstream text={line} />
        </p>
      ))}
    </section>
  );
}

interface ListProps {
  word: string;
  /** The source's teams: what is of one of them says so. */
  teams: readonly CatalogueEntry[];
  entries: readonly CatalogueEntry[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

function List({ word, teams, entries, chosen, onChange }: ListProps) {
  if (entries.length === 0) return <p className="text-sm text-muted">It lists no {word.toLowerCase()}.</p>;
  const nameOf = (team: string | null) => teams.find(({ id }) => id.slice(id.indexOf(":") + 1) === team)?.name ?? "";
  return (
    <div>
      <p className="mb-1 flex items-center text-sm text-muted tabular-nums">
        {chosen.length} of {counted(entries.length, word.toLowerCase().slice(0, -1))}
        <Button
          className="ml-auto"
          onClick={() => onChange(chosen.length === entries.length ? [] : entries.map((entry) => entry.id))}
        >
          {chosen.length === entries.length ? "None" : "All"}
        </Button>
      </p>
      <CheckList
        label={word}
        options={entries.map((entry) => ({
          id: entry.id,
          word: <Upstream text={entry.name} />,
          clause: nameOf(entry.team),
        }))}
        chosen={chosen}
        onChange={onChange}
      />
    </div>
  );
}
