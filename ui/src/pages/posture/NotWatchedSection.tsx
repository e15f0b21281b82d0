import { Section } from "../../components/Section";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { counted } from "../../format/number";
import type { NotWatched } from "../../host/bindings";
import { kindOf } from "./words";

/** Kinds that cannot fire because nothing feeds them: never counted as quiet. */
export function NotWatchedSection({ kinds }: { kinds: NotWatched[] }) {
  if (kinds.length === 0) return null;
  const reasons = [...new Set(kinds.map((entry) => entry.reason))];
  return (
    <Section title="Not watched" clause={`${counted(kinds.length, "kind")}: not the same as quiet`}>
      <ul>
        {reasons.map((reason) => (
          <li key={reason} className="flex min-h-6 items-start gap-2 py-0.5 text-sm">
            <span className="pt-0.5">
              <StatusShape status="unknown" />
            </span>
            <p className="min-w-0 text-muted">
              <Upstream text={reason} />:{" "}
              <span className="text-fg">
                {kinds
                  .filter((entry) => entry.reason === reason)
                  .map((entry) => kindOf(entry.kind))
                  .join(", ")}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
