import { Freshness } from "../../components/Freshness";
import type { Posture } from "../../host/bindings";

interface SourceAgeProps {
  names: string[];
  posture: Posture;
  zone: string;
}

/** The freshness of named sources as one: as old as the oldest. */
export function SourceAge({ names, posture, zone }: SourceAgeProps) {
  const behind = posture.sources.filter((source) => names.includes(source.name));
  if (behind.length === 0) return null;
  const reads = behind.map((source) => source.last_ok_at).toSorted((a, b) => (a ?? "").localeCompare(b ?? ""));
  return (
    <Freshness
      sources={names}
      lastOkAt={reads[0] ?? null}
      stale={behind.some((source) => source.stale)}
      now={posture.as_of}
      zone={zone}
    />
  );
}
