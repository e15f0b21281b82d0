import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { clock, instant } from "../../format/instant";
import type { Attention, Posture } from "../../host/bindings";
import { useMoment } from "../../frame/moment";
import { useHost } from "../../host/context";
import type { Choice } from "./snooze";

/** What was just done, and how it is taken back. */
interface Done {
  text: string;
  undo?: () => Promise<unknown>;
}

/** Setting rows aside, bringing them back, marking all as seen, copying: what a person does to the page itself. */
export interface Aside {
  /** The row that is about to be set aside. */
  asking: Attention | null;
  refusal: string | null;
  done: Done | null;
  shown: boolean;
  toggle: () => void;
  snooze: (choice: Choice, reason: string) => void;
  wake: (row: Attention) => void;
  close: () => void;
  undo: () => void;
  forget: () => void;
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Answers for the page's keys that set aside, mark as seen, undo and copy. */
export function useAside(selected: Attention | undefined, posture: Posture, zone: string): Aside {
  const host = useHost();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Attention | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const [shown, setShown] = useState(false);
  const now = posture.as_of;
  const { asof } = useMoment();

  const readAgain = () => client.invalidateQueries({ queryKey: ["page"] });
  const attempt = (work: () => Promise<Done | null>) =>
    void work()
      .then(setDone)
      .catch((error: unknown) => setDone({ text: messageOf(error) }))
      .finally(() => void readAgain());
  const undo = () => {
    const back = done?.undo;
    if (back) attempt(async () => back().then(() => null));
  };
  const toggle = () => setShown(!shown);
  const close = () => {
    setAsking(null);
    setRefusal(null);
  };

  useCommand("row.snooze", () => selected && setAsking(selected));
  useCommand("snoozed.show", toggle);
  useCommand("notice.undo", undo, done?.undo !== undefined);
  useCommand("seen.mark", () =>
    attempt(async () => {
      const before = await host.markSeen();
      return { text: `Marked as seen at ${clock(now, zone)}`, undo: () => host.restoreSeen(before) };
    }),
  );
  useCommand("posture.copy", () =>
    attempt(async () => {
      await navigator.clipboard.writeText(await host.postureMarkdown(asof));
      return { text: "Copied as Markdown" };
    }),
  );

  return {
    asking,
    refusal,
    done,
    shown,
    toggle,
    close,
    undo,
    forget: () => setDone(null),
    wake: (row) => attempt(async () => host.unsnooze(row.id).then(() => null)),
    snooze: (choice, reason) => {
      if (!asking) return;
      host
        .snooze(asking.id, choice.until, reason)
        .then((rows) => {
          const end = choice.until ? `until ${instant(choice.until, now, zone)}` : "until worse";
          setDone({ text: `Set aside ${end}`, undo: () => Promise.all(rows.map((row) => host.unsnooze(row))) });
          close();
          return readAgain();
        })
        .catch((error: unknown) => setRefusal(messageOf(error)));
    },
  };
}
