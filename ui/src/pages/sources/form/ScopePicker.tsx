import { useEffect, useState } from "react";
import { Button } from "../../../components/Button";
import { Upstream } from "../../../components/Upstream";
import { CheckList } from "../../../components/fields/CheckList";
import { SelectField } from "../../../components/fields/SelectField";
import { StatusShape } from "../../../components/StatusMark";
import { counted } from "../../../format/number";
import type { Catalogue, CatalogueEntry, ScopeChoice, ScopeTold, SourceDraft } from "../../../host/bindings";
import { useHost } from "../../../host/context";
import { messageOf } from "../../../host/error";
import { Refusal } from "./Refusal";
import { useSeen } from "./seen";

interface ScopePickerProps {
  draft: SourceDraft;
  of: string | null;
  /** What is chosen of it. */
  scope: ScopeChoice | null;
  onChange: (scope: ScopeChoice | null) => void;
}

/** Which schedules and services of a source are read, chosen before anything of it is stored. */
export function ScopePicker({ draft, of, scope, onChange }: ScopePickerProps) {
  const host = useHost();
  const [told, setTold] = useState<ScopeTold | null>(null);
  const [found, setFound] = useState<Catalogue | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  // What must be chosen is not left below the edge.
  const seen = useSeen<HTMLElement>(told?.must_choose ? told : null);
  const show = (listed: Catalogue) => {
    setFound(listed);
    // The chosen team takes all of its schedules: that is where choosing begins.
    if (scope) onChange({ ...scope, schedules: listed.schedules.map((entry) => entry.id) });
  };
  const list = () => {
    setBusy(true);
    setRefusal(null);
    host
      .sourceCatalogue(draft, of)
      .then(show, (error: unknown) => setRefusal(messageOf(error)))
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    let asked = true;
    host.sourceScope(draft, of, scope).then(
      (answer) => asked && setTold(answer),
      (error: unknown) => asked && setRefusal(messageOf(error)),
    );
    return () => {
      asked = false;
    };
    // The draft is made anew at each drawing, and no other one is asked about before it was checked again.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [host, of, scope]);
  if (found) return <Lists found={found} team={scope?.team ?? null} ends={told?.ends ?? []} onChange={onChange} />;
  return (
    <section
      ref={seen}
      aria-label="What is read"
      className="flex flex-col items-start gap-2.5 border-t border-line pt-3"
    >
      {told && <Told told={told} />}
      {told && told.teams.length > 0 && (
        <SelectField
          label="For team"
          help="Takes all of its schedules. Stands in fairlead.toml, under [[team]]."
          options={told.teams.map((name) => ({ id: name, word: name }))}
          value={scope?.team ?? null}
          onChange={(team) => onChange({ team, schedules: null, services: null })}
        />
      )}
      <Button disabled={busy} onClick={list}>
        {busy ? "Listing what is there…" : "Choose what is read"}
      </Button>
      {refusal !== null && <Refusal text={refusal} />}
    </section>
  );
}

/** What of the source is read as the teams stand. */
function Told({ told }: { told: ScopeTold }) {
  return (
    <div className="text-sm text-muted">
      {told.lines.map((line) => (
        <p key={line} className="wrap-anywhere">
          <Upstream text={line} />
        </p>
      ))}
      {told.must_choose && (
        <p className="mt-1 flex gap-2 text-fg">
          <StatusShape status="warn" />
          {told.teams.length > 0 ? "Choose the team whose schedules they are." : "Choose which of them are read."}
        </p>
      )}
      <p className="mt-1">What is not read is never stored.</p>
    </div>
  );
}

/** What of other sources would not be read any more. */
function Ends({ lines }: { lines: readonly string[] }) {
  return lines.map((line) => (
    <p key={line} role="status" className="flex gap-2 text-sm wrap-anywhere">
      <StatusShape status="warn" />
      <Upstream text={line} />
    </p>
  ));
}

const chosenOf = (entries: readonly CatalogueEntry[]) =>
  entries.filter((entry) => entry.chosen).map((entry) => entry.id);

interface ListsProps {
  found: Catalogue;
  /** The team that was chosen to take all of its schedules. */
  team: string | null;
  /** What of other sources would not be read any more by what is chosen. */
  ends: readonly string[];
  onChange: ScopePickerProps["onChange"];
}

function Lists({ found, team: taker, ends, onChange }: ListsProps) {
  const [team, setTeam] = useState(taker ?? found.own_teams[0] ?? "");
  const [schedules, setSchedules] = useState(() =>
    taker === null ? chosenOf(found.schedules) : found.schedules.map((entry) => entry.id),
  );
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
      <Ends lines={ends} />
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
