import { relative } from "../format/duration";
import { stamp } from "../format/instant";
import { StatusShape } from "./StatusMark";
import { Upstream } from "./Upstream";

interface FreshnessProps {
  /** Names of the sources behind what is shown. */
  sources: string[];
  /** The oldest last success among them; `null` when one never succeeded. */
  lastOkAt: string | null;
  /** One of them failed, or is older than two intervals. */
  stale: boolean;
  now: string;
  zone: string;
}

/** Source and age of what a section shows. */
export function Freshness({ sources, lastOkAt, stale, now, zone }: FreshnessProps) {
  const title = lastOkAt ? stamp(lastOkAt, zone) : "has not answered yet";
  return (
    <span className="flex items-center gap-1 text-xs text-subtle tabular-nums" title={title}>
      {stale && <StatusShape status="unknown" />}
      <Upstream text={sources.join(", ")} />
      <span>· {lastOkAt ? relative(lastOkAt, now) : "never read"}</span>
    </span>
  );
}
