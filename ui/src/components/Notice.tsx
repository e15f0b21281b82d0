import { useEffect, useEffectEvent } from "react";
import { Button } from "./Button";
import { KeyHint } from "./KeyHint";
import { Upstream } from "./Upstream";

/** How long a notice stays. */
const STAYS_MS = 8_000;

interface NoticeProps {
  text: string;
  /** Takes back what was done. */
  onUndo?: (() => void) | undefined;
  onClose: () => void;
}

/** Says what was just done, and for a moment lets it be taken back. Give each its own key: its time begins once. */
export function Notice({ text, onUndo, onClose }: NoticeProps) {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    const timer = setTimeout(() => close(), STAYS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="status"
      aria-label="Done"
      className="fixed bottom-10 left-1/2 flex max-w-[560px] -translate-x-1/2 items-center gap-3 rounded-card border border-line-strong bg-raised py-2 pr-2 pl-3"
    >
      <span className="wrap-anywhere">
        <Upstream text={text} />
      </span>
      {onUndo && (
        <Button onClick={onUndo}>
          Undo <KeyHint command="notice.undo" />
        </Button>
      )}
    </div>
  );
}
