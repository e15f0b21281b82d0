import { Dialog } from "@base-ui/react/dialog";
import { KeyHint } from "../components/KeyHint";
import { COMMANDS } from "../commands/registry";
import { wordsOf } from "../format/name";

const SCOPE_WORDS: Record<string, string> = {
  app: "Everywhere",
  rows: "On every page with rows",
  chart: "On a chart",
  lanes: "On the lanes",
  oncall: "On-call",
  slos: "SLOs",
};

interface HelpSheetProps {
  /** The scope of the page one is on: its keys come first. */
  here: string;
  onClose: () => void;
}

/** Every key, from the registry, and what goes on while nobody looks. */
export function HelpSheet({ here, onClose }: HelpSheetProps) {
  const all = new Set<string>(COMMANDS.map((command) => command.scope));
  const scopes = [...all].sort((a, b) => Number(b === here) - Number(a === here));
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Popup className="fixed top-[min(7rem,10vh)] left-1/2 z-30 max-h-[80vh] w-[60rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 overflow-y-auto rounded-card border border-line-strong bg-surface">
          <div className="flex h-11 items-center border-b border-line px-4">
            <Dialog.Title className="text-lg font-semibold">Keys</Dialog.Title>
            <Dialog.Close className="ml-auto rounded-key" title="Close">
              <KeyHint command="level.up" />
            </Dialog.Close>
          </div>
          <div className="gap-0 pb-3 [columns:17rem_3]">
            {scopes.map((scope) => (
              <section key={scope} className="break-inside-avoid px-4 pt-3">
                <h3 className="mb-1 text-sm font-semibold">{SCOPE_WORDS[scope] ?? wordsOf(scope)}</h3>
                <ul>
                  {COMMANDS.filter((command) => command.scope === scope && command.keys.length > 0).map((command) => (
                    <li key={command.id} className="flex min-h-6 items-center gap-2 text-sm text-muted">
                      {command.title}
                      <span className="ml-auto flex-none">
                        <KeyHint command={command.id} />
                      </span>
                    </li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
          <p className="border-t border-line px-4 py-2.5 text-sm text-muted">
            While its window is open or minimised, Fairlead reads what is due, keeps the tray true and notifies of what
            newly needs you now, as a count. Closing the window ends it: nothing is read until it is opened again, or by{" "}
            <code className="font-mono text-fg">fairleadctl sync</code>.
          </p>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
