import { Dialog as Base } from "@base-ui/react/dialog";
import { type ReactNode, useRef } from "react";
import { Button } from "../Button";
import { Caps, KeyHint } from "../KeyHint";

interface DialogProps {
  open: boolean;
  title: string;
  /** What it is for, under the title. */
  clause?: ReactNode;
  /** The fields. */
  children: ReactNode;
  /** What the primary button does, as a verb. */
  verb: string;
  /** The primary button waits: something is missing, or is being done. */
  disabled?: boolean;
  /** Why it could not be done. */
  refusal?: string | null;
  onSubmit: () => void;
  onClose: () => void;
}

/** What has the focus first: a field, or where none has to be filled in the button that does it. */
const firstOf = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLElement>("input, textarea, [role=combobox]") ??
  form?.querySelector<HTMLElement>("button[type=submit]");

/** A form that has to be answered before one goes on. Ctrl ↵ does it, Esc leaves it. */
export function Dialog(props: DialogProps) {
  const form = useRef<HTMLFormElement>(null);
  return (
    <Base.Root open={props.open} onOpenChange={(open) => !open && props.onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-10 bg-scrim" />
        <Base.Popup
          initialFocus={() => firstOf(form.current) ?? true}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
          }}
          className="fixed top-[min(7rem,10vh)] left-1/2 z-10 flex max-h-[80vh] w-[32.5rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-col rounded-card border border-line-strong bg-surface"
        >
          <form
            ref={form}
            className="flex min-h-0 flex-col"
            onSubmit={(event) => {
              event.preventDefault();
              if (!props.disabled) props.onSubmit();
            }}
          >
            <header className="flex flex-none items-start gap-3 px-4 pt-3 pb-2.5">
              <div className="min-w-0">
                <Base.Title className="text-lg font-semibold wrap-anywhere">{props.title}</Base.Title>
                {props.clause && (
                  <Base.Description className="mt-0.5 text-sm text-muted">{props.clause}</Base.Description>
                )}
              </div>
              <Base.Close className="ml-auto rounded-key" title="Close">
                <KeyHint command="level.up" />
              </Base.Close>
            </header>
            <div className="flex min-h-0 flex-col gap-2.5 overflow-y-auto border-y border-line px-4 py-3">
              {props.children}
            </div>
            <footer className="flex flex-none items-center gap-2 px-4 py-3">
              <Button type="submit" primary large disabled={props.disabled}>
                {props.verb} <Caps keys="Ctrl+Enter" onAccent={!props.disabled} />
              </Button>
              <Button large onClick={props.onClose}>
                Cancel
              </Button>
              {props.refusal && (
                <p role="alert" className="ml-2 min-w-0 text-sm wrap-anywhere text-critical-fg">
                  {props.refusal}
                </p>
              )}
            </footer>
          </form>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
