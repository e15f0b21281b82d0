import { useQueryClient } from "@tanstack/react-query";
import { notify } from "../../components/overlay/notices";
import { copyAs, fromMarkdown, useRowCopy } from "../../components/overlay/copy";
import { useCommand } from "../../commands/keyboard";
import { useMoment } from "../../frame/moment";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";

/** What a person does to the selected source. */
export interface SourceDeeds {
  retry: () => void;
}

/** Does something, says what was done and how it is taken back, and reads the page again. */
export function useDeed() {
  const host = useHost();
  const client = useQueryClient();
  const again = () => {
    void client.invalidateQueries({ queryKey: ["page"] });
    void client.invalidateQueries({ queryKey: ["settings"] });
  };
  const deed = async (work: () => Promise<unknown>, text: string, undo?: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
    } catch (error) {
      notify({ text: messageOf(error) });
      return false;
    }
    const back = undo && (() => void deed(undo, `Taken back: ${text}`));
    notify({ text, ...(back && { onUndo: back }) });
    again();
    return true;
  };
  /** An edit of the configuration, which can be taken back. */
  const edit = (work: () => Promise<unknown>, text: string) => deed(work, text, () => host.undoEdit());
  return { deed, edit };
}

/** Answers for the keys of the selected source and of the page. */
export function useSourceDeeds(name: string | null): SourceDeeds {
  const host = useHost();
  const { asof } = useMoment();
  const { deed } = useDeed();
  const retry = () => {
    if (name !== null) void deed(() => host.syncSource(name), `Reading ${name}`);
  };
  useCommand("source.retry", retry, name !== null);
  const page = fromMarkdown("Page", () => host.sourcesMarkdown(asof, null));
  useCommand("sources.copy", () => copyAs("markdown", page));
  useCommand("sources.copySlack", () => copyAs("slack", page));
  useRowCopy(name === null ? null : fromMarkdown("Source", () => host.sourcesMarkdown(asof, name)));
  return { retry };
}
