// What is around the window on a desktop: a keychain, a tray, notifications and a window manager, all real but for the two that
// only take what they are given. One source, whose key is typed, and its story goes on.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deskOf } from "./desk.mjs";
import { built, checks, Desktop, expect } from "./desktop.mjs";
import { lockTheKey, readAgain, takeTheKeyAway, typeTheKey, typeTheKeyAnew } from "./journey/keychain.mjs";
import { quitFromTheTray, seeSignals } from "./journey/signals.mjs";
import { shareSession, startKeychain } from "./session.mjs";
import { tally } from "./tally.mjs";
import { playUpstreams } from "./upstreams.mjs";

/** The journey, noted in a tally. */
export async function aroundTheWindow(result) {
  const desktop = await Desktop.open();
  const workspace = join(desktop.home, "workspace");
  /** Opens the window, lets something be done in it and closes it. */
  const inWindow = async (name, work) => {
    const session = await desktop.window(workspace);
    try {
      await work(session, deskOf(session, checks(result), "around"));
    } finally {
      await session.close();
      result.note(`around the window, ${name}: the console is quiet`, await desktop.complaints(`around-${name}`));
    }
  };
  try {
    const world = await playUpstreams(desktop);
    desktop.start("openbox", [], { env: desktop.env, stdio: "ignore" });
    const endKeychain = await startKeychain(desktop);
    const shared = await shareSession(desktop);
    await desktop.run(built("fairleadctl"), "--workspace", workspace, "init");
    await inWindow("first", async (session, desk) => {
      await typeTheKey(session, desk, world, desktop, workspace);
      await seeSignals(session, desk, world, desktop, workspace, shared);
      await takeTheKeyAway(session, desk, desktop, workspace);
      await typeTheKeyAnew(session, desk, world, desktop, workspace, shared.keychainItems);
      await quitFromTheTray(session, desk, shared);
    });
    await inWindow("again", async (session, desk) => {
      await desk.check("what nothing can bring back any more has left the keychain with the window", async () => {
        const kept = (await shared.keychainItems()).join();
        expect(kept === "pagerduty-token-2", `in the keychain are ${kept}`);
      });
      await desk.check("the key outlives the window", async () => {
        await desk.shows("header h1", "Posture");
        await readAgain(session, desktop, workspace, () => session.keys("R", "\uE008"));
      });
      const renew = async () => {
        await endKeychain();
        await startKeychain(desktop);
      };
      await lockTheKey(session, desk, world, desktop, workspace, { lock: shared.lockKeychain, renew });
    });
  } catch (error) {
    result.note("what is around the window begins", [error.stack]);
  } finally {
    await desktop.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = tally("around the window");
  await aroundTheWindow(result);
  result.finish();
}
