import { StatusShape } from "../../../components/StatusMark";
import { Upstream } from "../../../components/Upstream";
import { counted } from "../../../format/number";
import type { SeverityEntry } from "../../../host/bindings";

/** Words for a severity that mean none yet: incidents with them have no severity. */
export function Severities({ severities }: { severities: readonly SeverityEntry[] }) {
  if (severities.length === 0) return null;
  const words = severities.map((one) => `${one.source}: ${one.word} (${counted(one.incidents, "incident")})`);
  return (
    <p className="flex flex-none items-center gap-2 border-b border-line px-4 py-2 text-sm">
      <StatusShape status="unknown" />
      <span className="min-w-0 wrap-anywhere">
        Without a severity: <Upstream text={words.join(", ")} />. Say what they mean under <i>Severity</i> of the
        source.
      </span>
    </p>
  );
}
