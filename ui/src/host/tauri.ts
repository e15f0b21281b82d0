import { type CommandError, type DataChanged, commands, events } from "./bindings";
import { type Host, HostError, type Unsubscribe } from "./host";

/** The desktop shell as the host. */
export const tauriHost: Host = {
  frame: () => answer(commands.frame()),
  posture: () => answer(commands.posture()),
  postureMarkdown: () => answer(commands.postureMarkdown()),
  snooze: (row, until, reason) => answer(commands.snooze(row, until, reason)),
  unsnooze: async (row) => void (await answer(commands.unsnooze(row))),
  markSeen: () => answer(commands.markSeen()),
  restoreSeen: async (before) => void (await answer(commands.restoreSeen(before))),
  rota: () => answer(commands.rota()),
  syncStart: async () => void (await answer(commands.syncStart())),
  syncCancel: async () => void (await answer(commands.syncCancel())),
  onDataChanged: (listener) =>
    listen(
      (handler) => events.dataChanged.listen(handler),
      ({ tags }: DataChanged) => listener(tags),
    ),
  onSyncRun: (listener) => listen((handler) => events.syncRun.listen(handler), listener),
  onSyncProgress: (listener) => listen((handler) => events.syncProgress.listen(handler), listener),
};

type Result<T> = { status: "ok"; data: T } | { status: "error"; error: CommandError };

async function answer<T>(result: Promise<Result<T>>): Promise<T> {
  const settled = await result;
  if (settled.status === "error") throw new HostError(settled.error);
  return settled.data;
}

/** Subscribes at once, although the shell confirms later. */
function listen<T>(
  subscribe: (handler: (event: { payload: T }) => void) => Promise<Unsubscribe>,
  listener: (payload: T) => void,
): Unsubscribe {
  const confirmed = subscribe((event) => listener(event.payload));
  return () => void confirmed.then((unsubscribe) => unsubscribe());
}
