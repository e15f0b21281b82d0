// A window as a journey uses it: its page, checks that keep a picture of what failed, and the engine behind it.
import { join } from "node:path";
import { shots } from "./desktop.mjs";
import { pageOf } from "./page.mjs";

/** A window with what a journey does in it. Its pictures are named after the journey. */
export function deskOf(session, noted, journey) {
  const page = pageOf(session);
  const picture = (name) => session.picture(join(shots, `${journey}-${name}.png`));
  return {
    ...page,
    picture,
    check: (name, test) =>
      noted(name, async () => {
        try {
          await test();
        } catch (error) {
          // What failed goes before a picture that cannot be taken, for example of a window that is minimised.
          await picture(`failed-${name.replaceAll(/[^a-z]+/gi, "-")}`).catch(() => undefined);
          throw error;
        }
      }),
    invoke: (command, args = {}) =>
      session.runAsync(
        `const done = arguments[0];
         window.__TAURI_INTERNALS__.invoke(${JSON.stringify(command)}, ${JSON.stringify(args)}).then(done, (e) => done({ error: e }))`,
      ),
    place: (label, word) => page.choose(page.button(`${label}: where it lies`), word),
    go: async (key, title) => {
      await session.keys("g");
      await session.keys(key);
      await page.shows("header h1", title);
    },
  };
}
