import { Menu as Base } from "@base-ui/react/menu";
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
}

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  groups: readonly MenuGroup[];
}

/** What else can be done here, with the keys that do it. */
export function Menu({ trigger, groups }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="z-20">
          <Base.Popup className="min-w-44 rounded-card border border-line-strong bg-raised p-1 outline-none">
            {groups.map((group) => (
              <Base.Group key={group.id} className="border-line not-first:mt-1 not-first:border-t not-first:pt-1">
                {group.name && (
                  <Base.GroupLabel className="px-2 pt-1 pb-0.5 text-xs text-muted">{group.name}</Base.GroupLabel>
                )}
                {group.entries.map((entry) => (
                  <Base.Item
                    key={entry.id}
                    disabled={entry.disabled ?? false}
                    onClick={entry.run}
                    className="flex h-7 items-center gap-6 rounded-control px-2 outline-none data-disabled:text-subtle data-highlighted:bg-selection"
                  >
                    {entry.word}
                    {entry.keys && (
                      <span className="ml-auto">
                        <Caps keys={entry.keys} />
                      </span>
                    )}
                  </Base.Item>
                ))}
              </Base.Group>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
