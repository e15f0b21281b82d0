import { useState } from "react";
import { Button } from "../../components/Button";
import { runCommand } from "../../commands/keyboard";
import { stamp } from "../../format/instant";

/** Says that all of this is told, on a clock of its own, and lets it go without a trace. */
export function DemoNote({ now, zone }: { now: string; zone: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <p className="flex h-8 flex-none items-center gap-3 border-b border-line bg-surface px-4 text-sm whitespace-nowrap">
      <span className="font-medium">Demo team.</span>
      {asking ? (
        <>
          <span className="cut text-muted">All of it goes, also what you wrote in it, and does not come back.</span>
          <Button className="ml-auto" onClick={() => runCommand("demo.clear")}>
            Clear all of it
          </Button>
          {/* It stands where one has just pressed: a second press clears nothing. */}
          <Button onClick={() => setAsking(false)}>Keep it</Button>
        </>
      ) : (
        <>
          <span className="cut text-muted">What you see is a story; its clock stands at {stamp(now, zone)}.</span>
          <Button className="ml-auto" onClick={() => setAsking(true)}>
            Clear the demo
          </Button>
        </>
      )}
    </p>
  );
}
