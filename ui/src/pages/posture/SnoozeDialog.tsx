import { Dialog } from "@base-ui/react/dialog";
import { useRef, useState } from "react";
import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import type { Attention } from "../../host/bindings";
import { type Choice, choicesAt } from "./snooze";

interface SnoozeDialogProps {
  row: Attention;
  now: string;
  zone: string;
  /** Why the last try was refused. */
  refusal: string | null;
  onSnooze: (choice: Choice, reason: string) => void;
  onClose: () => void;
}

/** Until when a row is set aside, and why. */
export function SnoozeDialog({ row, now, zone, refusal, onSnooze, onClose }: SnoozeDialogProps) {
  const choices = choicesAt(now, zone);
  const [chosen, setChosen] = useState<Choice["id"]>("tomorrow");
  const [reason, setReason] = useState("");
  const why = useRef<HTMLInputElement>(null);
  const choice = choices.find((candidate) => candidate.id === chosen);
  const ready = choice !== undefined && reason.trim() !== "";
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-scrim" />
        <Dialog.Popup
          initialFocus={why}
          className="fixed top-[min(7rem,10vh)] left-1/2 w-[30rem] max-h-[80vh] max-w-[calc(100vw-1rem)] -translate-x-1/2 rounded-card border border-line-strong bg-surface overflow-y-auto"
        >
          <div className="flex h-11 items-center border-b border-line px-4">
            <Dialog.Title className="text-lg font-semibold">Set aside</Dialog.Title>
            <Dialog.Close className="ml-auto rounded-key" title="Close">
              <KeyHint command="level.up" />
            </Dialog.Close>
          </div>
          <form
            className="flex flex-col gap-3 px-4 pt-3 pb-4"
            onSubmit={(event) => {
              event.preventDefault();
              if (ready) onSnooze(choice, reason.trim());
            }}
          >
            <Dialog.Description className="wrap-anywhere text-muted">
              <Upstream text={row.title} />. It stays counted in sight, and comes back by itself.
            </Dialog.Description>
            <fieldset className="flex flex-col">
              <legend className="mb-1 text-sm text-muted">Until</legend>
              {choices.map((each) => (
                <label key={each.id} className="flex h-7 items-center gap-2">
                  <input
                    type="radio"
                    name="until"
                    value={each.id}
                    checked={each.id === chosen}
                    onChange={() => setChosen(each.id)}
                    className="accent-accent"
                  />
                  {each.word}
                  <span className="ml-auto text-sm text-muted tabular-nums">{each.detail}</span>
                </label>
              ))}
            </fieldset>
            <label className="flex flex-col gap-1">
              <span className="text-sm text-muted">Why</span>
              <input
                ref={why}
                type="text"
                value={reason}
                maxLength={200}
                onChange={(event) => setReason(event.target.value)}
                className="h-7 rounded-control border border-line-strong bg-bg px-2 select-text"
              />
            </label>
            {refusal && (
              <p role="alert" className="border-l-2 border-dashed border-unknown pl-3 wrap-anywhere text-muted">
                <Upstream text={refusal} />
              </p>
            )}
            <div className="flex items-center justify-end gap-2">
              {!ready && <span className="mr-auto text-sm text-subtle">A snooze needs a reason.</span>}
              <Button large onClick={onClose}>
                Cancel
              </Button>
              <Button large primary type="submit" disabled={!ready}>
                Set aside
              </Button>
            </div>
          </form>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
