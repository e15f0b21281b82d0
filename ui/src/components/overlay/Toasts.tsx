import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { useCommand } from "../../commands/keyboard";
import { Button } from "../Button";
import { KeyHint } from "../KeyHint";
import { Upstream } from "../Upstream";
import { type Notification, onNotice, takeNotices } from "./notices";

/** How long a toast stays, in ms; as long as it is pointed at or has the focus, it stays on. */
const STAYS_MS = 8_000;

interface Kept {
  onUndo?: () => void;
}

const manager = Toast.createToastManager<Kept>();

function say({ text, onUndo }: Notification): void {
  manager.add({ title: text, timeout: STAYS_MS, ...(onUndo && { data: { onUndo } }) });
}

/** The one region where toasts stand. Belongs once at the root. */
export function Toasts() {
  useEffect(() => {
    const sayAll = () => takeNotices().forEach(say);
    sayAll();
    return onNotice(sayAll);
  }, []);
  return (
    <Toast.Provider toastManager={manager} limit={2}>
      <Toast.Portal>
        {/* Over the free part of the rail, where it covers nothing of a page; over the page's foot only where the rail is narrow. */}
        <div className="pointer-events-none fixed inset-0 z-20 @container">
          <Toast.Viewport className="pointer-events-auto absolute bottom-22 left-2 flex w-[9.875rem] flex-col-reverse gap-1 @max-[60rem]:bottom-15 @max-[60rem]:left-14 @max-[60rem]:w-max @max-[60rem]:max-w-[calc(100%-4.5rem)]">
            <List />
          </Toast.Viewport>
        </div>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts, close } = Toast.useToastManager<Kept>();
  const undoable = toasts.find((toast) => toast.data?.onUndo && toast.transitionStatus !== "ending");
  const undo = (toast: (typeof toasts)[number] | undefined) => {
    if (!toast) return;
    close(toast.id);
    toast.data?.onUndo?.();
  };
  useCommand("notice.undo", () => undo(undoable), undoable !== undefined);
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={[]}
      className="rounded-card border border-line-strong bg-floating transition-opacity duration-100 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0 motion-reduce:transition-none"
    >
      <Toast.Content className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-2">
        <Toast.Title render={<p className="wrap-anywhere" />}>
          <Upstream text={String(toast.title)} />
        </Toast.Title>
        {toast.data?.onUndo && (
          <Button onClick={() => undo(toast)}>Undo {toast === undoable && <KeyHint command="notice.undo" />}</Button>
        )}
      </Toast.Content>
    </Toast.Root>
  ));
}
