import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import { Upstream } from "../../components/Upstream";
import { Refusal } from "../sources/form/Refusal";
import { StartForm } from "./StartForm";
import { type Way, useStart } from "./start";

const WAYS: readonly { id: Way; title: string; clause: string; verb: string }[] = [
  {
    id: "demo",
    title: "Look at a demo team",
    clause:
      "120 days of a team of six, on a clock of its own. Nothing is asked of the network, and it goes without a trace.",
    verb: "Load the demo",
  },
  {
    id: "connect",
    title: "Connect your systems",
    clause: "A read-only PagerDuty key, a Prometheus, a calendar: any one of them is enough to begin.",
    verb: "Connect",
  },
  {
    id: "empty",
    title: "Begin empty",
    clause: "A commented fairlead.toml to write in, and no source yet.",
    verb: "Begin empty",
  },
];

/** Before there is a workspace: three ways to begin. */
export function FirstStart({ folder }: { folder: string }) {
  const start = useStart();
  const [asking, setAsking] = useState<"connect" | "empty" | null>(null);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const choose = (way: Way) => (way === "demo" ? start.demo() : setAsking(way));
  return (
    <main className="h-full overflow-y-auto">
      <div className="mx-auto w-[35rem] max-w-full px-4 pt-[152px] pb-16">
        <p className="flex items-center gap-2 text-muted">
          <Mark /> Fairlead
        </p>
        <h1 className="mt-2 text-xl font-semibold">Nothing is here yet: how do you want to begin?</h1>
        <p className="mt-1 text-muted">
          Fairlead keeps what it reads on this machine, in <Upstream text={folder} />. There is no account and no
          server.
        </p>
        <ul className="mt-6 border-t border-line">
          {WAYS.map((way) => (
            <li key={way.id} className="border-b border-line py-3">
              <div className="flex items-center gap-4">
                <div className="min-w-0">
                  <h2 className="text-lg font-semibold">{way.title}</h2>
                  <p className="text-sm text-muted">{way.clause}</p>
                </div>
                <Button
                  ref={way.id === "demo" ? first : undefined}
                  large
                  primary={way.id === "demo" && asking === null}
                  className="ml-auto flex-none"
                  disabled={start.busy !== null}
                  aria-expanded={way.id === "demo" ? undefined : asking === way.id}
                  onClick={() => choose(way.id)}
                >
                  {way.verb}
                </Button>
              </div>
              {asking === way.id && (
                <StartForm
                  verb={way.id === "connect" ? "Go on to the first source" : "Begin"}
                  busy={start.busy !== null}
                  onSubmit={(about) => start.begin(about, asking)}
                />
              )}
            </li>
          ))}
        </ul>
        {start.busy !== null && (
          <p role="status" className="mt-3 text-muted">
            {start.busy}
          </p>
        )}
        {start.refusal !== null && (
          <div className="mt-3">
            <Refusal text={start.refusal} />
          </div>
        )}
      </div>
    </main>
  );
}
