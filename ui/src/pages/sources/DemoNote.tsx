import { useQueryClient } from "@tanstack/react-query";
import { notify } from "../../components/overlay/Toasts";
import { Button } from "../../components/Button";
import { stamp } from "../../format/instant";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";

/** Says that all of this is told, on a clock of its own, and lets it go without a trace. */
export function DemoNote({ now, zone }: { now: string; zone: string }) {
  const host = useHost();
  const client = useQueryClient();
  const clear = () =>
    host
      .clearDemo()
      .then(() => {
        notify({ text: "The demo is cleared: no row of it is left" });
        return client.invalidateQueries();
      })
      .catch((error: unknown) => notify({ text: messageOf(error) }));
  return (
    <p className="flex h-8 flex-none items-center gap-3 border-b border-line bg-surface px-4 text-sm whitespace-nowrap">
      <span className="font-medium">Demo team.</span>
      <span className="cut text-muted">What you see is a story; its clock stands at {stamp(now, zone)}.</span>
      <Button className="ml-auto" onClick={() => void clear()}>
        Clear the demo
      </Button>
    </p>
  );
}
