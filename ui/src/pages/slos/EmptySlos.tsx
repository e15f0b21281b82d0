import { useNavigate } from "@tanstack/react-router";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { runCommand } from "../../commands/keyboard";
import { counted } from "../../format/number";
import { warningWords } from "../../format/warning";
import type { SloTable } from "../../host/bindings";
import { useMoment } from "../../frame/moment";
import { useSourcesPage } from "../../host/sources";

/** A table without rows: what will be here, and why it is not. */
export function EmptySlos({ table, zone }: { table: SloTable; zone: string }) {
  const { team } = useMoment();
  const navigate = useNavigate();
  // Asked only here, where it decides what there is to do.
  const connected = useSourcesPage().data?.sources.length !== 0;
  if (table.all > 0) {
    return (
      <EmptyState status="unknown" title="No SLO of this team">
        <p>
          {counted(table.all, "SLO")} of other teams {table.all === 1 ? "is" : "are"} known. A team owns the SLOs of its
          services: name <Upstream text={team ?? "the team"} /> as the <code className="font-mono text-sm">team</code>{" "}
          of a <code className="font-mono text-sm">[service.NAME]</code> in fairlead.toml.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState status="unknown" title="No SLO is known yet">
      <p>
        Here will stand how much of each error budget is left, what spent it, and when it runs out or comes back. The
        hours are kept, also after the upstream forgot them.
      </p>
      {table.warnings.map((warning) => (
        <p key={`${warning.code}${warning.source}`}>
          <Upstream text={warningWords(warning, table.as_of, zone)} />
        </p>
      ))}
      <p>
        A Prometheus with Sloth or Pyrra brings its SLOs by itself; OpenSLO files and{" "}
        <code className="font-mono text-sm">[[slo]]</code> in fairlead.toml bring others.
      </p>
      <p className="mt-2">
        {connected ? (
          <Button primary large onClick={() => runCommand("sync.start")}>
            Sync now <KeyHint command="sync.start" onAccent />
          </Button>
        ) : (
          <Button primary large onClick={() => void navigate({ to: "/sources", search: { pane: "add" } })}>
            Connect a source
          </Button>
        )}
      </p>
    </EmptyState>
  );
}

/** No row has what the filter asks for. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <p className="flex items-center gap-3 px-4 py-3 text-muted">
      No SLO matches the filter.
      <Button onClick={onClear}>
        Clear it <KeyHint command="slos.clear" />
      </Button>
    </p>
  );
}
