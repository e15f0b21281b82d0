import { runCommand } from "../../commands/keyboard";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { useChoose } from "../../frame/moment";
import type { IncidentIndex } from "../../host/bindings";
import { type Filters, isNarrowed } from "./filters";

interface EmptyIncidentsProps {
  index: IncidentIndex;
  filters: Filters;
}

/** Why there is no row, and the one thing to do about it. */
export function EmptyIncidents({ index, filters }: EmptyIncidentsProps) {
  const choose = useChoose();
  const { days, team } = filters.filters;
  const narrowed = isNarrowed(filters.search);
  if (narrowed || team != null) {
    return (
      <EmptyState status="info" title="No incident meets these filters">
        <p>What is written and chosen above leaves every incident out. None of them is gone.</p>
        {index.hidden_words !== null && <p>{index.hidden_words}.</p>}
        <p>
          {narrowed ? (
            <Button onClick={filters.clear}>
              Clear every filter <KeyHint command="incidents.clear" />
            </Button>
          ) : (
            <Button onClick={() => choose({ team: null })}>Show all teams</Button>
          )}
        </p>
      </EmptyState>
    );
  }
  if (index.sources.length === 0) {
    return (
      <EmptyState status="unknown" title="No source of incidents is connected">
        <p>Here will be what broke, how long it took and who was paged, from every source, kept beyond its memory.</p>
        <p>
          Connect a pager, or import a file:{" "}
          <span className="quotable font-mono text-sm">fairleadctl import incidents.csv --kind incidents</span>
        </p>
        <p className="pt-1">
          <Button primary onClick={() => runCommand("go.sources")}>
            Connect a source <KeyHint command="go.sources" onAccent />
          </Button>
        </p>
      </EmptyState>
    );
  }
  if (index.open.blind.length > 0) {
    return (
      <EmptyState status="unknown" title="Not known whether there were incidents">
        <p>
          <Upstream text={index.open.blind.join(", ")} /> could not be read: none here is not the same as none.
        </p>
        <p className="pt-1">
          <Button onClick={() => runCommand("go.sources")}>
            See why <KeyHint command="go.sources" />
          </Button>
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState status="ok" title={days === null ? "No incidents are known" : `No incidents in ${days} days`}>
      <p>
        Every source of incidents was read: <Upstream text={index.sources.map((source) => source.name).join(", ")} />.
      </p>
      {days !== null && (
        <p>
          <Button onClick={() => choose({ range: null })}>Show all of them</Button>
        </p>
      )}
    </EmptyState>
  );
}
