import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { count } from "../../format/number";
import { Cap, Caps, KeyHint } from "../KeyHint";
import { type FoundEntry, type FoundGroup, type PaletteGroup, find, indexOf } from "./rank";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  /** Everything that can be found. Keep it in a memo: it is cut into words when it changes. */
  groups: readonly PaletteGroup[];
  /** Hears what is asked, for groups that are searched elsewhere. */
  onAsk?: (text: string) => void;
}

/** Finds anything by the beginnings of its words, and does it. Load it lazily: the first page does without. */
export function Palette({ open, onClose, groups, onAsk }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup
          aria-label="Find or run"
          className="fixed top-[min(7rem,10vh)] left-1/2 z-30 flex max-h-[min(35rem,calc(100vh-10rem))] w-[40rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-col overflow-hidden rounded-[8px] border border-line-strong bg-surface [box-shadow:0_8px_24px_#0006]"
        >
          <Finder groups={groups} onClose={onClose} onAsk={onAsk} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface FinderProps extends Omit<PaletteProps, "open" | "onAsk"> {
  onAsk: PaletteProps["onAsk"] | undefined;
}

function Finder({ groups, onClose, onAsk }: FinderProps) {
  const [asked, setAsked] = useState("");
  const index = useMemo(() => indexOf(groups), [groups]);
  // The list never lags behind what is typed: Enter right after the last letter would do what was found for an earlier one.
  const found = useMemo(() => find(index, asked), [index, asked]);
  const choose = (entry: FoundEntry) => {
    onClose();
    entry.run();
  };
  return (
    <Autocomplete.Root
      open
      inline
      items={found.groups.map((group) => ({ ...group, items: group.entries }))}
      value={asked}
      onValueChange={(value, details) => {
        if (details.reason === "item-press") return;
        setAsked(value);
        onAsk?.(value.trim());
      }}
      itemToStringValue={(entry: FoundEntry) => entry.title}
      filter={null}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex h-12 flex-none items-center gap-2.5 border-b border-line px-4">
        <Search size={16} strokeWidth={1.75} className="text-muted" aria-hidden="true" />
        <Autocomplete.Input
          aria-label="Find or run"
          placeholder="Find or run"
          spellCheck={false}
          className="h-full min-w-0 grow bg-transparent text-lg outline-none placeholder:text-muted"
        />
        <output aria-live="polite" className="text-sm whitespace-nowrap text-muted tabular-nums">
          {count(found.shown)} of {count(found.of)}
        </output>
      </div>
      <div className="min-h-0 overflow-y-auto overscroll-contain [scroll-padding-block:32px]">
        <Autocomplete.Empty>
          <p className="px-4 py-3 text-muted empty:hidden">
            {found.shown === 0 && "Nothing has words that begin so. Write fewer letters."}
          </p>
        </Autocomplete.Empty>
        <Autocomplete.List className="pb-1.5 empty:pb-0">
          {(group: FoundGroup & { items: readonly FoundEntry[] }) => (
            <Autocomplete.Group key={group.name} items={group.items}>
              <Autocomplete.GroupLabel className="px-4 pt-2.5 pb-1 text-xs text-muted">
                {group.name}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(entry: FoundEntry) => <Entry key={entry.id} entry={entry} onChoose={() => choose(entry)} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
      <footer className="flex h-8 flex-none items-center gap-4 border-t border-line px-4 text-xs text-muted">
        <Hint
          keys={
            <>
              <Cap>↑</Cap>
              <Cap>↓</Cap>
            </>
          }
        >
          move
        </Hint>
        <Hint keys={<Cap>↵</Cap>}>open</Hint>
        <span className="ml-auto">
          <Hint keys={<KeyHint command="level.up" />}>close</Hint>
        </span>
      </footer>
    </Autocomplete.Root>
  );
}

function Hint({ keys, children }: { keys: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-1">
      {keys} {children}
    </span>
  );
}

function Entry({ entry, onChoose }: { entry: FoundEntry; onChoose: () => void }) {
  return (
    <Autocomplete.Item
      value={entry}
      onClick={onChoose}
      className="group mx-1.5 flex h-8 items-center gap-2 rounded-control px-2.5 outline-none data-highlighted:bg-selection"
    >
      <span className="cut">
        <Marked text={entry.title} marks={entry.marks} />
        {entry.subtitle && <span className="pl-2 text-muted">{entry.subtitle}</span>}
      </span>
      <span className="ml-auto flex flex-none items-center gap-1.5">
        {entry.keys && <Caps keys={entry.keys} />}
        <span className="hidden group-data-highlighted:inline-flex">
          <Cap>↵</Cap>
        </span>
      </span>
    </Autocomplete.Item>
  );
}

/** Text that somebody else may have written, with the letters that were asked for. */
function Marked({ text, marks }: { text: string; marks: FoundEntry["marks"] }) {
  let at = 0;
  const parts: ReactNode[] = [];
  for (const [start, end] of marks) {
    parts.push(
      text.slice(at, start),
      <b key={start} className="font-semibold text-accent">
        {text.slice(start, end)}
      </b>,
    );
    at = end;
  }
  return (
    <bdi>
      {parts}
      {text.slice(at)}
    </bdi>
  );
}
