import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Caps } from "../KeyHint";

/** Something that a menu does. */
export interface MenuEntry {
  id: string;
  word: ReactNode;
  /** Its keys outside the menu, in the registry's notation. */
  keys?: string;
  disabled?: boolean;
  run: () => void;
}

/** Entries that belong together, with a name when there are several such. */
export interface MenuGroup {
  id: string;
  name?: string;
  entries: readonly MenuEntry[];
  /** Id of the entry that holds, where the entries are the ways that something can be. */
  chosen?: string;
}

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  /** Whether it is open, where that is held outside. */
  open?: boolean;
  onOpen?: (open: boolean) => void;
  /** Where the entries stand in the document: in the landmark that they belong to; `null` until it is there. */
  place?: HTMLElement | null;
}

const ENTRY =
  "flex h-7 items-center gap-6 rounded-control px-2 outline-none data-disabled:text-subtle data-highlighted:bg-selection";

/** What else can be done here, with the keys that do it. */
export function Menu({ trigger, groups, open, onOpen, place }: MenuProps) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpen && { onOpenChange: onOpen })}>
      <Base.Trigger render={trigger} />
      <Base.Portal {...(place !== undefined && { container: place })}>
        <Base.Positioner sideOffset={4} align="end" className="z-20">
          <Base.Popup className="max-h-(--available-height) min-w-44 overflow-y-auto rounded-card border border-line-strong bg-floating p-1 outline-none">
            {groups.map((group) => (
              <Base.Group key={group.id} className="border-line not-first:mt-1 not-first:border-t not-first:pt-1">
                {group.name && (
                  <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-xs text-muted">{group.name}</Base.GroupLabel>
                )}
                <Entries group={group} />
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Entries({ group: { entries, chosen } }: { group: MenuGroup }) {
  if (chosen === undefined)
    return entries.map((entry) => (
      <Base.Item key={entry.id} disabled={entry.disabled ?? false} onClick={entry.run} className={ENTRY}>
        <Words entry={entry} />
      </Base.Item>
    ));
  return (
    <Base.RadioGroup value={chosen}>
      {entries.map((entry) => (
        <Base.RadioItem
          key={entry.id}
          value={entry.id}
          closeOnClick
          disabled={entry.disabled ?? false}
          onClick={entry.run}
          className={ENTRY}
        >
          <Words entry={entry} />
          <Base.RadioItemIndicator className="ml-auto">
            <Check size={14} strokeWidth={1.75} aria-hidden="true" />
          </Base.RadioItemIndicator>
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

function Words({ entry: { word, keys } }: { entry: MenuEntry }) {
  return (
    <>
      {word}
      {keys && (
        <span className="ml-auto">
          <Caps keys={keys} />
        </span>
      )}
    </>
  );
}
