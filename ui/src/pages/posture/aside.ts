import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCommand } from "../../commands/keyboard";
import { copyText, useRowCopy } from "../../components/overlay/copy";
import { notify } from "../../components/overlay/notices";
import { clock, instant } from "../../format/instant";
import { inFlavour } from "../../format/markup";
import { useMoment } from "../../frame/moment";
import type { Attention, Posture } from "../../host/bindings";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";
import { markdownOf } from "./action";
import type { Choice } from "./snooze";

/** Setting rows aside and bringing them back: what a person does to the page itself. */
export interface Aside {
  /** The row that is about to be set aside. */
  asking: Attention | null;
  refusal: string | null;
  shown: boolean;
  toggle: () => void;
  snooze: (choice: Choice, reason: string) => void;
  wake: (row: Attention) => void;
  close: () => void;
}

/** Answers for the page's keys that set aside, mark as seen and copy. The past is only looked at: nothing is set aside in it. */
export function useAside(selected: Attention | undefined, posture: Posture, zone: string): Aside {
  const host = useHost();
  const client = useQueryClient();
  const [asking, setAsking] = useState<Attention | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [shown, setShown] = useState(false);
  const { asof, team } = useMoment();
  const now = posture.as_of;
  const present = asof === null;

  const readAgain = () => client.invalidateQueries({ queryKey: ["page"] });
  /** Does something, says what was done, and keeps how it is taken back. */
  const attempt = (work: () => Promise<{ text: string; undo: () => Promise<unknown> } | null>) =>
    void work()
      .then(
        (done) => done && notify({ text: done.text, onUndo: () => attempt(async () => done.undo().then(() => null)) }),
      )
      .catch((error: unknown) => notify({ text: messageOf(error) }))
      .finally(() => void readAgain());
  const toggle = () => setShown(!shown);
  const close = () => {
    setAsking(null);
    setRefusal(null);
  };

  useCommand("row.snooze", () => selected && setAsking(selected), present);
  useCommand("snoozed.show", toggle);
  useCommand(
    "seen.mark",
    () =>
      attempt(async () => {
        const before = await host.markSeen();
        return { text: `Marked as seen at ${clock(now, zone)}`, undo: () => host.restoreSeen(before) };
      }),
    present,
  );
  useCommand("posture.copy", () => copyText(host.postureText(asof, team, "markdown"), "Copied as Markdown"));
  useCommand("posture.copySlack", () => copyText(host.postureText(asof, team, "slack"), "Copied for Slack"));
  useRowCopy(selected ? { noun: "Row", text: (flavour) => inFlavour(markdownOf(selected), flavour) } : null);

  return {
    asking,
    refusal,
    shown,
    toggle,
    close,
    wake: (row) => attempt(async () => host.unsnooze(row.id).then(() => null)),
    snooze: (choice, reason) => {
      if (!asking) return;
      host
        .snooze(asking.id, choice.until, reason)
        .then((rows) => {
          const end = choice.until ? `until ${instant(choice.until, now, zone)}` : "until worse";
          const undo = () => Promise.all(rows.map((row) => host.unsnooze(row)));
          close();
          return attempt(async () => ({ text: `Set aside ${end}`, undo }));
        })
        .catch((error: unknown) => setRefusal(messageOf(error)));
    },
  };
}
