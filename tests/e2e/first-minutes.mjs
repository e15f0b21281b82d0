// The first minutes of a new lead in the real window: from an empty folder over three sources to one true sentence in chat.
import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checks, Desktop, expect, shots } from "./desktop.mjs";
import { pageOf } from "./page.mjs";
import { tally } from "./tally.mjs";
import { playUpstreams } from "./upstreams.mjs";

/** Escape, Control and Shift, as the driver names keys. */
const [ESCAPE, CONTROL, SHIFT] = ["\uE00C", "\uE009", "\uE008"];
/** The variable that holds the pager's key. */
const KEY = "FIRST_MINUTES_KEY";

/** An opener that only notes what it was given, one argument in a line. */
async function noteOpened(desktop) {
  const folder = join(desktop.home, "bin");
  const note = join(desktop.home, "opened");
  await mkdir(folder);
  await writeFile(join(folder, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$@" > '${note}'\n`);
  await chmod(join(folder, "xdg-open"), 0o755);
  return { path: `${folder}:${process.env.PATH}`, opened: () => readFile(note, "utf8").catch(() => "") };
}

async function drive(session, noted, world, outside) {
  const check = (name, test) =>
    noted(name, async () => {
      try {
        await test();
      } catch (error) {
        await picture("failed-" + name.replaceAll(/[^a-z]+/gi, "-"));
        throw error;
      }
    });
  const page = pageOf(session);
  const { text, shows } = page;
  const picture = (name) => session.picture(join(shots, `first-${name}.png`));
  const invoke = (command, args = {}) =>
    session.runAsync(
      `const done = arguments[0]; window.__TAURI_INTERNALS__.invoke(${JSON.stringify(command)}, ${JSON.stringify(args)}).then(done, (e) => done({ error: e }))`,
    );
  const place = (label, word) => page.choose(page.button(`${label}: where it lies`), word);
  const go = async (key, title) => {
    await session.keys("g");
    await session.keys(key);
    await shows("header h1", title);
  };

  await check("an empty folder offers three ways to begin", async () => {
    await shows("h1", "Nothing is here yet");
    await picture("start");
  });
  await check("connecting goes on to the first source", async () => {
    await page.press("Connect");
    await page.fill("Team", "Harbor");
    await page.fill("Zone", "Europe/Lisbon");
    await page.press("Go on to the first source");
    await shows("aside h2", "Add a source");
  });
  if (process.env.STOP1) { await picture("stop"); console.log(await text("body")); return; }
  await check("what a pager's key can read is named", async () => {
    await page.choose(page.field("Kind"), "PagerDuty");
    await page.fill("Address", world.pagerduty.url);
    await page.fill("Token", world.pagerduty.key);
    await page.press("Check");
    await shows("[aria-label=Check]", "Passed");
    await picture("pager-check");
    console.log(await text("[aria-label=Check]"));
  });
  await check("without a keychain a typed key is refused, and what to do instead is said", async () => {
    await page.press("Add and read");
    await shows("[role=alert]", "keychain");
    await picture("no-keychain");
    console.log(await text("[role=alert]"));
  });
  await check("the key comes from a variable instead", async () => {
    await place("Token", "Environment");
    await page.fill("Token", KEY);
    await page.press("Check");
    await shows("[aria-label=Check]", "Passed");
  });
  await check("what is read is chosen, with counts", async () => {
    await page.press("Choose what is read");
    await shows("[aria-label='What is read']", "6 of 6 schedules");
    await page.tick("Marketing");
    await page.tick("campaign");
    await shows("[aria-label='What is read']", "5 of 6 schedules");
    await shows("[aria-label='What is read']", "5 of 6 services");
    await picture("pager-scope");
    console.log(await text("[aria-label='What is read']"));
    await page.press("Add and read");
    await shows("main", "pagerduty");
  });
  await check("the sync tells its progress", async () => {
    await shows("footer [aria-label=Synchronisation]", "pagerduty");
    console.log(await text("footer"));
    await picture("pager-sync");
  });
  await check("a Prometheus behind a token that a command prints is tried and added", async () => {
    await page.press("Add");
    await page.choose(page.field("Kind"), "Prometheus");
    await page.fill("Address", world.prometheus.url);
    await page.press("Check");
    await shows("[aria-label=Check]", "Nothing can be read");
    await place("Token", "Command");
    await page.fill("Token", world.prometheus.token_command);
    await page.press("Check");
    await shows("[aria-label=Check]", "Passed");
    console.log(await text("[aria-label=Check]"));
    await page.press("Choose what is read");
    await shows("[aria-label='What is read']", "service");
    await picture("prometheus-scope");
    console.log(await text("[aria-label='What is read']"));
    await page.press("Add and read");
    await shows("main", "prometheus");
  });
  await check("a calendar is added", async () => {
    await page.press("Add");
    await page.choose(page.field("Kind"), "Calendar");
    await page.fill("Name", "desk");
    await page.fill("Address", world.calendar.url);
    await page.press("Check");
    await shows("[aria-label=Check]", "Passed");
    console.log(await text("[aria-label=Check]"));
    await picture("calendar-check");
    await page.press("Add and read");
    await shows("main", "desk");
  });
  await check("the sync ends, and every source answered", async () => {
    const frame = "[role=status][aria-label=Synchronisation]";
    await session.until(async () => (await text(frame)) === "", `it still says "${await text(frame)}"`, 60_000);
    await shows("body", "3 of 3 sources answered");
    await picture("sources");
    console.log(await text("main"));
  });
  if (process.env.STOP) { await picture("stop"); console.log(await text("body")); return; }
  await check("Posture says who is on call, as the engine and the story do", async () => {
    await go("p", "Posture");
    await shows("section[aria-label='On call']", "Platform primary");
    await picture("posture");
    const told = await invoke("posture");
    expect(!told.error, JSON.stringify(told.error));
    console.log(JSON.stringify(told.on_call), await text("main h2"), JSON.stringify(told.attention.map((a) => [a.kind, a.title, a.reason])));
    const screen = await text("section[aria-label='On call']");
    console.log(screen);
  });
  await check("Shift+C puts it on the clipboard for Slack", async () => {
    await session.keys("C", SHIFT);
    await new Promise((r) => setTimeout(r, 1500));
    await picture("copied");
    await shows("body", "Copied for Slack");
    console.log(await pasted(session));
  });
  if (process.env.STOP2) { await picture("stop"); console.log(await text("body")); return; }
}

/** What the clipboard holds, as a person finds out: pasted into a field. */
async function pasted(session) {
  const field = await session.element(
    'const field = document.createElement("textarea"); field.style.cssText = "position:fixed;inset:0;z-index:99"; document.body.append(field); return field',
    "no field to paste into",
  );
  await session.click(field);
  await session.keys("v", CONTROL);
  const value = () => session.run('return document.querySelector("body > textarea").value');
  await session.until(async () => (await value()) !== "", "nothing was pasted", 5_000);
  const held = await value();
  await session.run('document.querySelector("body > textarea").remove()');
  return held;
}

/** The journey, noted in a tally. */
export async function firstMinutes(result) {
  const desktop = await Desktop.open();
  try {
    const world = await playUpstreams(desktop);
    const outside = await noteOpened(desktop);
    const session = await desktop.window(join(desktop.home, "workspace"), {
      PATH: outside.path,
      [KEY]: world.pagerduty.key,
    });
    try {
      await drive(session, checks(result), world, outside);
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
