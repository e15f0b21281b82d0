import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { Segmented } from "../../components/Segmented";
import type { Lanes } from "../../host/bindings";
import { SPANS } from "./route";
import { toggleBy, type View } from "./view";

const WAYS = [
  { id: "schedule" as const, word: "By schedule" },
  { id: "person" as const, word: "By person" },
];
const LENGTHS = SPANS.map((id) => ({ id, word: id === "quarter" ? "quarter" : id.replace(/(\d)/, "$1\u00a0") }));

/** By what the lanes are, how long the window is, and where it lies. */
export function ControlBar({ answer, view }: { answer: Lanes; view: View }) {
  return (
    <div className="flex h-10 flex-none items-center gap-3 overflow-hidden px-4 whitespace-nowrap @max-[60rem]:h-auto @max-[60rem]:flex-wrap @max-[60rem]:py-2">
      <Segmented label="Lanes" segments={WAYS} value={view.by} onChange={() => toggleBy(view)} />
      <Segmented
        label="Length of the window"
        segments={LENGTHS}
        value={view.span}
        onChange={(span) => view.change({ span, from: undefined })}
      />
      <div className="flex items-center gap-1">
        <Button aria-label="Earlier" title="Earlier (Shift H)" onClick={() => view.change({ from: answer.earlier })}>
          <ChevronLeft size={14} strokeWidth={1.75} aria-hidden="true" />
        </Button>
        <Button onClick={() => view.change({ from: undefined })} disabled={view.from === null}>
          Today <KeyHint command="oncall.today" />
        </Button>
        <Button aria-label="Later" title="Later (Shift L)" onClick={() => view.change({ from: answer.later })}>
          <ChevronRight size={14} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      </div>
      <p className="cut text-sm font-medium tabular-nums">{answer.title}</p>
    </div>
  );
}
