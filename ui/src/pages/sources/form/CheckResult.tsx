import { StatusMark, StatusShape } from "../../../components/StatusMark";
import { Upstream } from "../../../components/Upstream";
import type { SourceCheck } from "../../../host/bindings";
import { hasPassed } from "./draft";
import { useSeen } from "./seen";

/** What was tried of a source, and what is lost without a right. */
export function CheckResult({ found }: { found: SourceCheck }) {
  const ref = useSeen<HTMLElement>(found);
  const passed = hasPassed(found);
  const missing = found.checks.filter((line) => !line.ok).length;
  const nothing = found.error !== null || missing === found.checks.length;
  const verdict = passed
    ? "Passed"
    : nothing
      ? "Nothing can be read"
      : `${missing} of ${found.checks.length} not readable`;
  return (
    <section ref={ref} aria-label="Check" aria-live="polite" className="quotable border-t border-line pt-3">
      <header className="flex h-5 items-center">
        <h3 className="font-semibold">Check</h3>
        <span className="ml-auto">
          <StatusMark status={passed ? "ok" : nothing ? "critical" : "warn"} word={verdict} plain={passed} />
        </span>
      </header>
      {found.error && (
        <p className="mt-1.5 text-sm wrap-anywhere">
          <Upstream text={found.error.message} />
          <span className="block font-mono text-subtle">{found.error.code}</span>
        </p>
      )}
      <ul className="mt-1.5 flex flex-col gap-1">
        {found.checks.map((line) => (
          <li key={line.subject} className="grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-2 text-sm">
            <span className="pt-0.5">
              <StatusShape status={line.ok ? "ok" : "warn"} />
            </span>
            <span className="wrap-anywhere">
              <Upstream text={line.subject} />:{" "}
              <span className="text-muted">
                <Upstream text={line.detail} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
