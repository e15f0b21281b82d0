// The first minutes of a new lead in the real window: from an empty folder over three sources to one true sentence in chat,
// then what leaves the window: saved files, an opened address, a source taken away and brought back.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deskOf } from "./desk.mjs";
import { checks, Desktop } from "./desktop.mjs";
import { connect, KEY } from "./journey/connect.mjs";
import { leaveTheWindow } from "./journey/leave.mjs";
import { tellTheTeam } from "./journey/tell.mjs";
import { tally } from "./tally.mjs";
import { playUpstreams } from "./upstreams.mjs";

/** An opener that only notes what it was given, one argument in a line. */
async function noteOpened(desktop) {
  const folder = join(desktop.home, "bin");
  const note = join(desktop.home, "opened");
  await mkdir(folder);
  await writeFile(join(folder, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$@" > '${note}'\n`);
  await chmod(join(folder, "xdg-open"), 0o755);
  return { path: `${folder}:${process.env.PATH}`, opened: () => readFile(note, "utf8").catch(() => "") };
}

/** The journey, noted in a tally. */
export async function firstMinutes(result) {
  const desktop = await Desktop.open();
  try {
    const world = await playUpstreams(desktop);
    const outside = await noteOpened(desktop);
    const env = { PATH: outside.path, [KEY]: world.pagerduty.key };
    const session = await desktop.window(join(desktop.home, "workspace"), env);
    try {
      const desk = deskOf(session, checks(result), "first-minutes");
      await connect(session, desk, world);
      await tellTheTeam(session, desk, world);
      await leaveTheWindow(session, desk, world, { opened: outside.opened, home: desktop.home });
      result.note("the first minutes violate no policy", await session.run("return window.__violations"));
    } finally {
      await session.close();
      result.note("the first minutes: the console is quiet", await desktop.complaints("first-minutes"));
    }
  } catch (error) {
    result.note("the first minutes begin", [error.stack]);
  } finally {
    await desktop.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = tally("first minutes");
  await firstMinutes(result);
  result.finish();
}
