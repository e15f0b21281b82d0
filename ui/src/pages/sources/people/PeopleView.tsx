import { useMemo, useState } from "react";
import { Chip } from "../../../components/Chip";
import { ErrorBlock } from "../../../components/ErrorBlock";
import { FilterBar } from "../../../components/FilterBar";
import { StatusMark } from "../../../components/StatusMark";
import { Upstream } from "../../../components/Upstream";
import { KeyBar, KeyBarItem, PaneHead, Split } from "../../../components/layout/Pane";
import { Table } from "../../../components/table/Table";
import { useRowKeys } from "../../../components/table/keys";
import { type TableColumn, useTableModel } from "../../../components/table/model";
import { place as placeName } from "../../../format/instant";
import { counted } from "../../../format/number";
import type { PersonEntry } from "../../../host/bindings";
import { usePeople } from "../../../host/sources";
import { SourcesSkeleton } from "../SourcesSkeleton";
import { ViewKeys, ViewSwitch } from "../ViewSwitch";
import type { Place } from "../place";
import { PersonPane } from "./PersonPane";
import { Suggestions } from "./Suggestions";

/** Everyone whom a source names: who is not matched comes first. */
export function PeopleView({ place, zone, now }: { place: Place; zone: string; now: string }) {
  const people = usePeople();
  if (people.data) return <Answered place={place} zone={zone} now={now} answer={people.data} />;
  if (!people.error) return <SourcesSkeleton />;
  return (
    <Split>
      <PaneHead answer="People" end={<ViewSwitch place={place} />} />
      <ErrorBlock error={people.error} title="Who is who is not known" onRetry={() => void people.refetch()} />
    </Split>
  );
}

type Answer = NonNullable<ReturnType<typeof usePeople>["data"]>;

const FACETS = [
  { id: "unmapped", word: "Not mapped" },
  { id: "shared", word: "Shared account" },
  { id: "bot", word: "Bot" },
] as const;

function Answered({ place, zone, now, answer }: { place: Place; zone: string; now: string; answer: Answer }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const wanted = useMemo(() => {
    const words = text.toLowerCase();
    const has = (person: PersonEntry, facet: string) => (facet === "unmapped" ? !person.mapped : person.kind === facet);
    return answer.people.filter(
      (person) =>
        [
          person.name,
          person.email ?? "",
          ...person.identities.map((identity) => `${identity.source}:${identity.external_id}`),
        ]
          .join(" ")
          .toLowerCase()
          .includes(words) &&
        (chosen.length === 0 || chosen.some((facet) => has(person, facet))),
    );
  }, [answer.people, text, chosen]);
  // Where each is mapped and a person, a column that says so of nobody would take room from names.
  const marked = answer.people.some((person) => !person.mapped || person.kind !== "person");
  const model = useTableModel({ columns: marked ? COLUMNS : PLAIN, rows: wanted, rowId: (person) => person.key });
  const selected = answer.people.find((person) => person.key === place.row) ?? model.rows[0]?.row;
  useRowKeys(model.rows, selected?.key ?? null, place.select);
  const count = (facet: (typeof FACETS)[number]["id"]) =>
    answer.people.filter((person) => (facet === "unmapped" ? !person.mapped : person.kind === facet)).length;
  return (
    <Split
      width={376}
      beside={
        selected && <PersonPane key={selected.key} person={selected} everyone={answer.people} zone={zone} now={now} />
      }
    >
      <PaneHead
        answer={
          answer.unmapped === 0 ? "Everyone is mapped" : `${counted(answer.unmapped, "person", "people")} not mapped`
        }
        end={<ViewSwitch place={place} />}
      >
        {answer.unmapped > 0 && <span className="cut">each is counted as somebody else</span>}
      </PaneHead>
      <Suggestions suggestions={answer.suggestions} />
      <FilterBar
        noun="people"
        text={text}
        onText={setText}
        facets={FACETS.map((facet) => ({ ...facet, count: count(facet.id) })).filter((facet) => facet.count > 0)}
        chosen={chosen}
        onChosen={setChosen}
        shown={wanted.length}
        of={answer.people.length}
      />
      <div className="min-h-0 grow">
        <Table
          label="People"
          model={model}
          density="comfortable"
          selected={selected?.key ?? null}
          onSelect={place.select}
          empty={
            <p className="text-muted">
              {answer.people.length === 0 ? "No source named anybody yet." : "Nobody is like that."}
            </p>
          }
        />
      </div>
      <KeyBar note="What is said by hand is kept beside what sources say">
        <KeyBarItem commands={["row.next", "row.previous"]}>person</KeyBarItem>
        <ViewKeys />
        <KeyBarItem commands={["filter.focus"]}>filter</KeyBarItem>
        <KeyBarItem commands={["notice.undo"]}>undo</KeyBarItem>
      </KeyBar>
    </Split>
  );
}

const COLUMNS: readonly TableColumn<PersonEntry>[] = [
  {
    id: "name",
    head: "Person",
    width: "minmax(128px, 1.2fr)",
    sortBy: (person) => person.name,
    cell: (person) => (
      <span className="font-medium">
        <Upstream text={person.name} />
      </span>
    ),
  },
  {
    id: "email",
    head: "E-mail",
    width: "minmax(164px, 1.2fr)",
    sortBy: (person) => person.email ?? undefined,
    cell: (person) => <Upstream text={person.email ?? ""} />,
  },
  {
    id: "zone",
    head: "Zone and hours",
    width: "144px",
    cell: (person) => (
      <span className="text-muted">
        {person.timezone ? placeName(person.timezone) : "zone not known"}
        {person.hours && ` ${person.hours}`}
      </span>
    ),
  },
  {
    id: "identities",
    head: "Known as",
    width: "minmax(112px, 1fr)",
    title: (person) => person.identities.map((one) => `${one.source}:${one.external_id}`).join(", "),
    cell: (person) => (
      <span className="text-sm text-muted">
        <Upstream text={person.identities.map((one) => one.source).join(", ")} />
      </span>
    ),
  },
  {
    id: "state",
    head: "Mapped",
    width: "112px",
    cell: (person) =>
      person.kind === "person" ? (
        !person.mapped && <StatusMark status="unknown" word="Not mapped" />
      ) : (
        <Chip>{person.kind}</Chip>
      ),
  },
];

const PLAIN = COLUMNS.filter(({ id }) => id !== "state");
