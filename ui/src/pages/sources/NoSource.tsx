import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { KeyHint } from "../../components/KeyHint";
import { useStart } from "../start/start";
import { Refusal } from "./form/Refusal";
import type { Place } from "./place";

/** Before the first source. */
export function NoSource({ place }: { place: Place }) {
  const start = useStart();
  return (
    <EmptyState status="info" title="Connect your systems">
      <p>
        Here you will see each system that you read: how fresh it is, what of the last months is known, and what cannot
        be said while it does not answer. Fairlead reads and never writes there.
      </p>
      <p className="mt-2 flex items-center gap-3">
        <Button primary large onClick={() => place.open("add")}>
          Add a source <KeyHint command="source.add" onAccent />
        </Button>
        <Button large disabled={start.busy !== null} onClick={start.demo}>
          Load the demo team
        </Button>
        <span className="text-sm text-muted">{start.busy ?? "a read-only key is enough"}</span>
      </p>
      {start.refusal !== null && <Refusal text={start.refusal} />}
    </EmptyState>
  );
}
