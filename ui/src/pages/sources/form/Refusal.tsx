import { StatusShape } from "../../../components/StatusMark";
import { Upstream } from "../../../components/Upstream";
import { useSeen } from "./seen";

/** What is wrong with the configuration as it would be: a line for each fault, with file, line and column. */
export function Refusal({ text }: { text: string }) {
  const ref = useSeen<HTMLDivElement>(text);
  return (
    <div ref={ref} role="alert" className="quotable border-t border-line pt-3">
      <h3 className="flex items-center gap-2 font-semibold">
        <StatusShape status="critical" /> Nothing was kept
      </h3>
      <ul className="mt-1 flex flex-col gap-1 text-sm text-muted">
        {text.split("\n").map((line) => (
          <li key={line} className="wrap-anywhere">
            <Upstream text={line} />
          </li>
        ))}
      </ul>
    </div>
  );
}
