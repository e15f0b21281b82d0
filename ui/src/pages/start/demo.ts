import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCommand } from "../../commands/keyboard";
import { notify } from "../../components/overlay/notices";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";
import { useFolder } from "../../host/start";

/**
 * Answers for loading the demo and letting it go, each only where it can be done: the demo takes the place of a workspace
 * without a source, never of one that reads something. Whatever was shown before belongs to nothing any more, and is read
 * again.
 */
export function useDemoCommands(): void {
  const host = useHost();
  const client = useQueryClient();
  const navigate = useNavigate();
  const folder = useFolder().data;
  const open = folder?.state === "open" ? folder : null;
  const attempt = (work: () => Promise<unknown>, said: string) =>
    void work()
      .then(() => {
        notify({ text: said });
        return client.invalidateQueries();
      })
      .catch((error: unknown) => notify({ text: messageOf(error) }));
  useCommand(
    "demo.load",
    () => {
      notify({ text: "Loading 120 days of the demo team…" });
      attempt(() => host.startDemo().then(() => navigate({ to: "/posture" })), "The demo team is loaded");
    },
    open?.demo === false && open.sources === 0,
  );
  useCommand(
    "demo.clear",
    () => attempt(() => host.clearDemo(), "The demo is cleared: no row of it is left"),
    open?.demo === true,
  );
}
