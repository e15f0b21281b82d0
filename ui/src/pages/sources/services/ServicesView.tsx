import { useMemo, useState } from "react";
import { Button } from "../../../components/Button";
import { ErrorBlock } from "../../../components/ErrorBlock";
import { FilterBar } from "../../../components/FilterBar";
import { KeyHint } from "../../../components/KeyHint";
import { StatusMark } from "../../../components/StatusMark";
import { Upstream } from "../../../components/Upstream";
import { KeyBar, KeyBarItem, PaneHead, Split } from "../../../components/layout/Pane";
import { Table } from "../../../components/table/Table";
import { useRowKeys } from "../../../components/table/keys";
import { type TableColumn, useTableModel } from "../../../components/table/model";
import { useCommand } from "../../../commands/keyboard";
import { counted } from "../../../format/number";
import type { ServiceEntry } from "../../../host/bindings";
import { useServices } from "../../../host/sources";
import { SourcesSkeleton } from "../SourcesSkeleton";
import { ViewKeys, ViewSwitch } from "../ViewSwitch";
import type { Place } from "../place";
import { ImportPane } from "./ImportPane";
import { ServicePane } from "./ServicePane";
import { Severities } from "./Severities";

/** Every service that a source names: what is not ours yet comes first. */
export function ServicesView({ place }: { place: Place }) {
  const services = useServices();
  if (services.data) return <Answered place={place} answer={services.data} />;
  if (!services.error) return <SourcesSkeleton />;
  return (
    <Split>
      <PaneHead answer="Services" end={<ViewSwitch place={place} />} />
      <ErrorBlock
        error={services.error}
        title="Which service is whose is not known"
        onRetry={() => void services.refetch()}
      />
    </Split>
  );
}

type Answer = NonNullable<ReturnType<typeof useServices>["data"]>;

/** What a source calls the service, as the engine wants it named. */
export const placeOf = (service: ServiceEntry) => `${service.source}:${service.external_id ?? service.name}`;

function Answered({ place, answer }: { place: Place; answer: Answer }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const wanted = useMemo(
    () =>
      answer.services.filter(
        (service) =>
          [service.source, service.name, service.service ?? "", service.team ?? ""]
            .join(" ")
            .toLowerCase()
            .includes(text.toLowerCase()) &&
          (chosen.length === 0 || !service.mapped),
      ),
    [answer.services, text, chosen],
  );
  const model = useTableModel({ columns: COLUMNS, rows: wanted, rowId: placeOf });
  const selected = answer.services.find((service) => placeOf(service) === place.row) ?? model.rows[0]?.row;
  useRowKeys(model.rows, selected ? placeOf(selected) : null, place.select);
  useCommand("source.add", () => place.open("add"));
  useCommand("level.up", place.close, place.pane !== null);
  const beside =
    place.pane === "add" ? (
      <ImportPane onClose={place.close} />
    ) : (
      selected && <ServicePane key={placeOf(selected)} service={selected} all={answer.services} />
    );
  return (
    <Split width={376} beside={beside}>
      <PaneHead
        answer={answer.unmapped === 0 ? "Every service is mapped" : `${counted(answer.unmapped, "service")} not mapped`}
        end={
          <>
            <ViewSwitch place={place} />
            <Button large onClick={() => place.open("add")}>
              Import <KeyHint command="source.add" />
            </Button>
          </>
        }
      >
        {answer.unmapped > 0 && <span className="cut">of no team, taken as tier 2</span>}
      </PaneHead>
      <Severities severities={answer.severities} />
      <FilterBar
        noun="services"
        text={text}
        onText={setText}
        facets={[{ id: "unmapped", word: "Not mapped", count: answer.unmapped }]}
        chosen={chosen}
        onChosen={setChosen}
        shown={wanted.length}
        of={answer.services.length}
      />
      <div className="min-h-0 grow">
        <Table
          label="Services"
          model={model}
          density="comfortable"
          selected={selected ? placeOf(selected) : null}
          onSelect={place.select}
          empty={
            <p className="text-muted">
              {answer.services.length === 0 ? "No source named a service yet." : "None is like that."}
            </p>
          }
        />
      </div>
      <KeyBar note="fairlead.toml goes before what is said here">
        <KeyBarItem commands={["row.next", "row.previous"]}>service</KeyBarItem>
        <ViewKeys />
        <KeyBarItem commands={["filter.focus"]}>filter</KeyBarItem>
        <KeyBarItem commands={["notice.undo"]}>undo</KeyBarItem>
      </KeyBar>
    </Split>
  );
}

const COLUMNS: readonly TableColumn<ServiceEntry>[] = [
  {
    id: "name",
    head: "Called there",
    width: "minmax(140px, 1.2fr)",
    sortBy: (service) => service.name,
    cell: (service) => (
      <span className="font-medium">
        <Upstream text={service.name} />
      </span>
    ),
  },
  {
    id: "source",
    head: "Source",
    width: "112px",
    sortBy: (service) => service.source,
    cell: (service) => (
      <span className="text-muted">
        <Upstream text={service.source} />
      </span>
    ),
  },
  {
    id: "service",
    head: "Our service",
    width: "minmax(120px, 1fr)",
    sortBy: (service) => service.service ?? undefined,
    cell: (service) =>
      service.mapped ? <Upstream text={service.service ?? ""} /> : <StatusMark status="unknown" word="Not mapped" />,
  },
  {
    id: "tier",
    head: "Tier",
    width: "56px",
    right: true,
    sortBy: (service) => service.tier ?? undefined,
    cell: (service) => service.tier ?? "",
  },
  {
    id: "team",
    head: "Owner",
    width: "minmax(96px, 0.8fr)",
    sortBy: (service) => service.team ?? undefined,
    cell: (service) => <Upstream text={service.team ?? ""} />,
  },
  {
    id: "by",
    head: "Said by",
    width: "112px",
    cell: (service) => (
      <span className="text-sm text-muted">{service.by === "configuration" ? "fairlead.toml" : service.by}</span>
    ),
  },
];
