import { useCallback } from "react";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";
import { notify } from "../overlay/notices";

/** Gives a file to the person and says where it is, or why it could not be kept. */
export function useSave(): (name: string, content: Blob) => void {
  const host = useHost();
  return useCallback(
    (name, content) =>
      void host
        .saveFile(name, content)
        .then((place) => notify({ text: `Saved as ${place}` }))
        .catch((error: unknown) => notify({ text: `Not saved: ${messageOf(error)}` })),
    [host],
  );
}
