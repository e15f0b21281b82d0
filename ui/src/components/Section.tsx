import { type ReactNode, useId } from "react";

interface SectionProps {
  title: string;
  /** A muted clause that carries the numbers. */
  clause?: ReactNode;
  /** Where it comes from and how old it is, at the right. */
  freshness?: ReactNode;
  children: ReactNode;
}

/** A block of a pane: a head of one line, and what it is about. */
export function Section({ title, clause, freshness, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-line px-4 py-3 not-first:border-t [header+&]:border-t-0!">
      <div className="mb-2 flex h-5 items-center gap-2 whitespace-nowrap @max-[60rem]:h-auto @max-[60rem]:flex-wrap">
        <h2 id={id} className="text-base font-semibold">
          {title}
        </h2>
        {clause && <span className="cut text-sm text-muted tabular-nums @max-[60rem]:whitespace-normal">{clause}</span>}
        {freshness && <span className="ml-auto">{freshness}</span>}
      </div>
      {children}
    </section>
  );
}
