import { Section } from "../../components/Section";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { counted } from "../../format/number";
import type { NotWatched } from "../../host/bindings";
import { kindOf } from "./words";

/** Most kinds that the head names. */
const NAMED = 4;

const LIST = "not-watched";

/** Leads to the list from where it is only counted. */
export const showNotWatched = () => document.getElementById(LIST)?.focus();

interface NotWatchedSectionProps {
  kinds: NotWatched[];
  /** Rows stand before the list and may push it out of sight: its head then names them. */
  below: boolean;
}

/** Kinds that cannot fire because nothing feeds them: never counted as quiet. */
export function NotWatchedSection({ kinds, below }: NotWatchedSectionProps) {
  if (kinds.length === 0) return null;
  const reasons = [...new Set(kinds.map((entry) => entry.reason))];
  const told =
    kinds.length <= NAMED ? kinds.map((entry) => kindOf(entry.kind)).join(", ") : counted(kinds.length, "kind");
  return (
    <Section title="Not watched" clause={below ? `Not the same as quiet: ${told}` : "Not the same as quiet"}>
      <ul id={LIST} tabIndex={-1} className="rounded-key outline-offset-2">
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
