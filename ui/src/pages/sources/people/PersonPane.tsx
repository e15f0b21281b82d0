import { useState } from "react";
import { Button } from "../../../components/Button";
import { Section } from "../../../components/Section";
import { Segmented } from "../../../components/Segmented";
import { Upstream } from "../../../components/Upstream";
import { Choice } from "../../../components/fields/Choice";
import { DateTimeField } from "../../../components/fields/DateTimeField";
import { TextField } from "../../../components/fields/TextField";
import { Pane } from "../../../components/layout/Pane";
import { place, stamp } from "../../../format/instant";
import type { PersonEntry } from "../../../host/bindings";
import { usePeopleDeeds } from "./deeds";

const KINDS = [
  { id: "person", word: "Person" },
  { id: "shared", word: "Shared account" },
  { id: "bot", word: "Bot" },
] as const;

interface PersonPaneProps {
  person: PersonEntry;
  everyone: readonly PersonEntry[];
  zone: string;
  now: string;
}

/** One person: what they are called where, whom they are the same as, and by which hours they live. */
export function PersonPane({ person, everyone, zone, now }: PersonPaneProps) {
  const deeds = usePeopleDeeds();
  const who = person.email ?? person.key;
  return (
    <Pane label="Person" surface>
      <header className="border-b border-line px-4 py-3">
        <h2 className="text-xl font-semibold wrap-anywhere">
          <Upstream text={person.name} />
        </h2>
        <p className="quotable text-sm text-muted">
          {person.email ? <Upstream text={person.email} /> : "no e-mail is known: nothing says who it is"}
        </p>
        <div className="mt-2">
          <Segmented
            label="What the account is"
            segments={KINDS}
            value={KINDS.find((kind) => kind.id === person.kind)?.id ?? "person"}
            onChange={(kind) => deeds.mark(who, kind, person.name)}
          />
        </div>
        {person.kind !== "person" && (
          <p className="mt-1.5 text-sm text-muted">Counts on coverage, and in no person's numbers.</p>
        )}
      </header>
      <Section title="Known as" clause="what each source calls them">
        <ul className="quotable text-sm">
          {person.identities.map((one) => {
            const id = `${one.source}:${one.external_id}`;
            return (
              <li key={id} className="flex min-h-7 items-center gap-2">
                <span className="min-w-0 wrap-anywhere">
                  <Upstream text={one.name} />{" "}
                  <span className="font-mono text-subtle">
                    <Upstream text={id} />
                  </span>
                  {!one.active && <span className="text-muted"> not active there</span>}
                </span>
                {person.identities.length > 1 && (
                  <Button className="ml-auto flex-none" onClick={() => deeds.split(id, one.name)}>
                    Split
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
      </Section>
      <SameAs person={person} everyone={everyone} />
      <Hours person={person} zone={zone} now={now} />
    </Pane>
  );
}

function SameAs({ person, everyone }: { person: PersonEntry; everyone: readonly PersonEntry[] }) {
  const { merge } = usePeopleDeeds();
  const [into, setInto] = useState<string | null>(null);
  const others = everyone.filter((other) => other.key !== person.key && other.kind === "person");
  const other = others.find((one) => one.key === into);
  return (
    <Section title="Same as" clause="their rows are counted as one person's">
      <div className="flex gap-2">
        <Choice
          label="Same as"
          options={others.map((one) => ({ id: one.key, word: one.name, ...(one.email && { clause: one.email }) }))}
          value={into}
          onChange={setInto}
        />
        <Button
          className="h-7"
          disabled={!other}
          onClick={() => other && merge(person.key, other.key, `${person.name} is ${other.name}`)}
        >
          Merge
        </Button>
      </div>
    </Section>
  );
}

function Hours({ person, zone, now }: { person: PersonEntry; zone: string; now: string }) {
  const { setHours } = usePeopleDeeds();
  const [timezone, setTimezone] = useState(person.timezone ?? "");
  const [hours, setWorking] = useState(person.hours ?? "");
  const [from, setFrom] = useState<string | null>(null);
  const said = timezone.trim() !== "" || hours.trim() !== "";
  return (
    <Section title="Zone and hours" clause="what decides which pages count as night">
      <div className="flex flex-col gap-2.5">
        <TextField label="Zone" value={timezone} placeholder="Europe/Lisbon" onChange={setTimezone} />
        <TextField label="Working hours" value={hours} placeholder="09:00-17:00" onChange={setWorking} />
        <DateTimeField label="From" value={from} onChange={setFrom} zone={zone} now={now} help="Empty: from now on" />
        <div>
          <Button
            disabled={!said}
            onClick={() =>
              void setHours(
                person.email ?? person.key,
                from,
                timezone.trim() || null,
                hours.trim() || null,
                person.name,
              )
            }
          >
            Set
          </Button>
        </div>
        {person.dated.length > 0 && (
          <ul className="text-sm text-muted tabular-nums">
            {person.dated.map((one) => (
              <li key={one.valid_from}>
                {one.timezone ? place(one.timezone) : "same zone"}, {one.hours ?? "same hours"} from{" "}
                {stamp(one.valid_from, zone)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}
