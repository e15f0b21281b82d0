import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

/** A part of a pane with its own content. */
export interface Tab {
  id: string;
  word: string;
  /** How many are inside; told beside the word. */
  count?: number;
  content: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  value: string;
  onChange: (id: string) => void;
}

/** Parts of a pane, one seen at a time. The address should hold which. */
export function Tabs({ label, tabs, value, onChange }: TabsProps) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))} className="flex min-h-0 flex-col">
      <Base.List aria-label={label} className="flex h-8 flex-none items-stretch gap-4 border-b border-line px-4">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.id}
            value={tab.id}
            className="-mb-px border-b-2 border-transparent text-sm text-muted tabular-nums hover:text-fg data-active:border-accent data-active:font-medium data-active:text-fg"
          >
            {tab.word}
            {tab.count !== undefined && <span className="ml-1.5 font-normal text-muted">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.id} value={tab.id} className="min-h-0 grow -outline-offset-2">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
