import { runCommand } from "../../commands/keyboard";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { KeyHint } from "../../components/KeyHint";
import { useChoose, useMoment } from "../../frame/moment";
import type { Lanes } from "../../host/bindings";

/** Why there is no lane, and the one thing to do about it. */
export function NoSchedule({ answer }: { answer: Lanes }) {
  const { team } = useMoment();
  const choose = useChoose();
  if (team !== null)
    return (
      <EmptyState status="info" title={`No schedule belongs to ${team}`}>
        <p>Name the schedules in the team&apos;s table of fairlead.toml, or look at every team.</p>
        <p className="pt-1">
          <Button onClick={() => choose({ team: null })}>Show all teams</Button>
        </p>
      </EmptyState>
    );
  const connected = answer.sources.length > 0;
  return (
    <EmptyState
      status={connected ? "info" : "unknown"}
      title={connected ? "No schedule was read" : "No source brings a rota"}
    >
      <p>
        Here stand the lanes of every schedule and person, with gaps, overrides and the nights of whoever is on call.
      </p>
      <p>
        {connected
          ? "The sources answered, and none of them has a schedule for the configured teams."
          : "Connect a pager or a calendar, or import a file with fairleadctl import."}
      </p>
      <p className="pt-1">
        <Button primary={!connected} onClick={() => runCommand("go.sources")}>
          {connected ? "Look at the sources" : "Connect a source"}{" "}
          <KeyHint command="go.sources" onAccent={!connected} />
        </Button>
      </p>
    </EmptyState>
  );
}
