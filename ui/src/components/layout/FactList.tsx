import type { ReactNode } from "react";

/** A name and what is known under it. */
export interface Fact {
  name: string;
  value: ReactNode;
  /** A second line: the same in another zone, how long ago. */
  note?: ReactNode;
}

/** Facts one under another, names in a column of 80 px. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {facts.map((fact) => (
        <div key={fact.name} className="contents">
          <dt className="text-sm/[18px] text-muted">{fact.name}</dt>
          <dd className="min-w-0 wrap-anywhere tabular-nums">
            {fact.value}
            {fact.note && <span className="block text-sm text-muted">{fact.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
