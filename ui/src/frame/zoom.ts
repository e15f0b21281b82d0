import { useEffect } from "react";
import { useCommand } from "../commands/keyboard";
import { notify } from "../components/overlay/notices";
import { useHost } from "../host/context";
import { messageOf } from "../host/error";
import { startZoom, zoomBy } from "../theme/zoom";

const failed = (error: unknown) => notify({ text: `Not drawn larger or smaller: ${messageOf(error)}` });

/** Answers for the keys that draw everything larger and smaller, and draws it as it was chosen before. */
export function useZoomCommands(): void {
  const host = useHost();
  const step = (by: 1 | -1 | 0) =>
    void zoomBy(by, host.zoom)
      .then((factor) => notify({ text: `${Math.round(factor * 100)} % of the usual size` }))
      .catch(failed);
  useEffect(() => void startZoom(host.zoom).catch(failed), [host]);
  useCommand("zoom.in", () => step(1));
  useCommand("zoom.out", () => step(-1));
  useCommand("zoom.usual", () => step(0));
}
