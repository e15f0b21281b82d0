import type { ReactNode } from "react";

/** A fact worth a line of its own in a head. */
export interface KeyFact {
  label: string;
  /** The value in words: `Never at this rate`, `7,488`. */
  value: ReactNode;
  /** What makes it understood: `of 41,600 allowed`. */
  note?: string;
}

/** Up to four facts side by side: label, value, note. Not tiles: they share one line, without a ground or an edge. */
export function KeyFacts({ facts }: { facts: readonly KeyFact[] }) {
  return (
    <dl className="flex min-w-0 gap-6 @max-[60rem]:flex-wrap @max-[60rem]:gap-y-2">
      {facts.map((fact) => (
        <div key={fact.label} className="min-w-0">
          <dt className="cut text-sm text-muted">{fact.label}</dt>
          <dd className="cut text-lg font-semibold tabular-nums">{fact.value}</dd>
          {fact.note && <dd className="cut text-xs text-muted tabular-nums">{fact.note}</dd>}
        </div>
      ))}
    </dl>
  );
}
