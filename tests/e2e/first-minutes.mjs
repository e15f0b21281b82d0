// The first minutes of a new lead in the real window: from an empty folder over three sources to one true sentence in chat,
// then what leaves the window: saved files, an opened address, a source taken away and brought back.
import { chmod, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checks, Desktop, expect, shots } from "./desktop.mjs";
import { pageOf } from "./page.mjs";
import { tally } from "./tally.mjs";
import { playUpstreams } from "./upstreams.mjs";

/** Control and Shift, as the driver names keys. */
const [CONTROL, SHIFT] = ["\uE009", "\uE008"];
/** The variable that holds the pager's key. */
const KEY = "FIRST_MINUTES_KEY";
/** What is not chosen of the pager. */
const FOREIGN = { schedule: "Marketing", service: "campaign" };
const SYNC = "[role=status][aria-label=Synchronisation]";
const CHECK = "[aria-label=Check]";
const SCOPE = "[aria-label='What is read']";

/** An opener that only notes what it was given, one argument in a line. */
async function noteOpened(desktop) {
  const folder = join(desktop.home, "bin");
  const note = join(desktop.home, "opened");
  await mkdir(folder);
  await writeFile(join(folder, "xdg-open"), `#!/bin/sh\nprintf '%s\\n' "$@" > '${note}'\n`);
  await chmod(join(folder, "xdg-open"), 0o755);
  return { path: `${folder}:${process.env.PATH}`, opened: () => readFile(note, "utf8").catch(() => "") };
}

/** Who holds which schedule at an instant by the story, as `schedule: person`, sorted. */
function holders(world, at) {
  const now = Date.parse(at);
  const holds = (shift) => shift.person !== null && Date.parse(shift.start) <= now && now < Date.parse(shift.end);
  const read = world.schedules.filter(({ name }) => name !== FOREIGN.schedule);
  const pager = read.flatMap(({ name, shifts }) => shifts.filter(holds).map(({ person }) => `${name}: ${person}`));
  return [...pager, `${world.calendar.schedule}: ${world.calendar.person}`].toSorted();
}

/** What the clipboard holds, as a person finds out: pasted into a field. */
async function pasted(session) {
  const field = await session.element(
    `const field = document.createElement("textarea");
     Object.assign(field.style, { position: "fixed", inset: "0", zIndex: "99" });
     document.body.append(field);
     return field`,
    "no field to paste into",
  );
  await session.click(field);
  await session.keys("v", CONTROL);
  const value = () => session.run('return document.querySelector("body > textarea").value');
  try {
    await session.until(async () => (await value()) !== "", "nothing was pasted", 5_000);
    return await value();
  } finally {
    await session.run('document.querySelector("body > textarea").remove()');
  }
}

/** A window with what is around it. */
function at(session, noted) {
  const page = pageOf(session);
  const picture = (name) => session.picture(join(shots, `first-minutes-${name}.png`));
  return {
    ...page,
    picture,
    check: (name, test) =>
      noted(name, async () => {
        try {
          await test();
        } catch (error) {
          await picture(`failed-${name.replaceAll(/[^a-z]+/gi, "-")}`);
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

async function connect(session, desk, world) {
  const { check, shows, text, press, fill, choose, field, place, picture } = desk;
  await check("an empty folder offers three ways to begin", async () => {
    await shows("h1", "Nothing is here yet");
    await picture("start");
  });
  await check("connecting goes on to the first source", async () => {
    await press("Connect");
    await fill("Team", "Harbor");
    await fill("Zone", "Europe/Lisbon");
    await press("Go on to the first source");
    await shows("aside h2", "Add a source");
  });
  await check("what a pager's key can read is named", async () => {
    await choose(field("Kind"), "PagerDuty");
    await fill("Address", world.pagerduty.url);
    await fill("Token", world.pagerduty.key);
    await press("Check");
    await shows(CHECK, "Passed");
    await shows(CHECK, "read incidents: they can be read");
    await picture("pager-check");
  });
  await check("without a keychain a typed key is refused, and what to do instead is said", async () => {
    await press("Add and read");
    await shows("[role=alert]", "no keychain runs here: use env, command or file instead");
    await picture("no-keychain");
  });
  await check("the key comes from a variable instead", async () => {
    await place("Token", "Environment");
    await fill("Token", KEY);
    await press("Check");
    await shows(CHECK, "Passed");
  });
  await check("what is read is chosen, with counts, and the sync tells its progress", async () => {
    await press("Choose what is read");
    await shows(SCOPE, `${world.schedules.length} of ${world.schedules.length} schedules`);
    await desk.tick(FOREIGN.schedule);
    await desk.tick(FOREIGN.service);
    await shows(SCOPE, `${world.schedules.length - 1} of ${world.schedules.length} schedules`);
    await shows(SCOPE, `${world.services.length - 1} of ${world.services.length} services`);
    await picture("pager-scope");
    await press("Add and read");
    await shows(SYNC, "pagerduty");
    await picture("pager-sync");
    await shows("main", "Read now");
  });
  await check("a Prometheus behind a token that a command prints is refused without it, and added with it", async () => {
    await press("Add");
    await choose(field("Kind"), "Prometheus");
    await fill("Address", world.prometheus.url);
    await press("Check");
    await shows(CHECK, "HTTP 401");
    await place("Token", "Command");
    await fill("Token", world.prometheus.token_command);
    await press("Check");
    await shows(CHECK, "find SLOs: 5 found");
    await press("Choose what is read");
    await shows(SCOPE, "It lists no schedules");
    await picture("prometheus-scope");
    await press("Add and read");
    await shows("main", "prometheus");
  });
  await check("a calendar is added", async () => {
    await press("Add");
    await choose(field("Kind"), "Calendar");
    await fill("Name", "desk");
    await fill("Address", world.calendar.url);
    await press("Check");
    await shows(CHECK, "found 1 schedule, 1 person");
    await press("Add and read");
    await shows("main", "desk");
  });
  await check("the sync ends, and every source answered", async () => {
    await shows("body", "3 of 3 sources answered", 60_000);
    const rests = async () => (await text(SYNC)) === "" && (await text("body")).includes("sync");
    await session.until(rests, `it still says "${await text(SYNC)}"`, 60_000);
    await picture("sources");
  });
}

async function tellTheTeam(session, desk, world) {
  const { check, go, invoke, picture, section, shows, text } = desk;
  let sentence = "";
  await check("Posture says who is on call, as the engine and the story do", async () => {
    await go("p", "Posture");
    await session.until(async () => (await section("On call")).includes("Platform primary"), "no one is on call");
    await picture("posture");
    const told = await invoke("posture");
    expect(!told.error, JSON.stringify(told.error));
    const stated = told.on_call.map(({ schedule, person }) => `${schedule}: ${person}`).toSorted();
    const truth = holders(world, told.as_of);
    expect(stated.join() === truth.join(), `the engine says ${stated.join()}, the story ${truth.join()}`);
    const screen = await section("On call");
    for (const { schedule, person } of told.on_call)
      expect(screen.includes(schedule) && screen.includes(person), `${schedule} and ${person} are not on screen`);
    const rows = told.attention.filter((row) => row.snoozed === null).length;
    sentence = `${rows} thing${rows === 1 ? " needs" : "s need"} you`;
    expect((await text("main h2")) === sentence, `the answer is "${await text("main h2")}", not "${sentence}"`);
  });
  await check("what is copied for Slack says the same", async () => {
    await session.keys("C", SHIFT);
    await shows("body", "Copied for Slack", 5_000);
    const copied = await pasted(session);
    expect(copied.startsWith(`*${sentence}*`), `the clipboard begins "${copied.slice(0, 80)}"`);
    for (const holder of holders(world, (await invoke("posture")).as_of))
      expect(copied.includes(`On call for ${holder} until`), `"${holder}" is not in ${copied}`);
  });
}

async function leaveTheWindow(session, desk, world, { opened, home }) {
  const { check, go, invoke, menu, picture, press, shows } = desk;
  const downloads = join(home, "Downloads");
  const saved = async (ending) => {
    const names = await readdir(downloads).catch(() => []);
    return names.filter((name) => name.endsWith(ending)).toSorted();
  };
  await check("the numbers and the picture of a chart are saved beside what is there", async () => {
    await go("s", "SLOs");
    await shows("main", "svc-000");
    await picture("slos");
    await session.keys("\uE007");
    await session.until(() => session.run('return document.querySelector("main canvas, section canvas") !== null'), "no chart");
    await picture("slo");
    for (const round of [1, 2]) {
      await menu("More of ", "Save the numbers, CSV");
      await session.until(async () => (await saved(".csv")).length === round, "no table was saved");
    }
    await shows("body", "Saved as ");
    await picture("saved");
    const [table] = await saved(".csv");
    const rows = (await readFile(join(downloads, table), "utf8")).split("\r\n");
    expect(rows.length > 20, `${table} has ${rows.length} rows`);
    await menu("More of ", "Save the picture, PNG");
    await session.until(async () => (await saved(".png")).length === 1, "no picture was saved");
    const bytes = await readFile(join(downloads, (await saved(".png"))[0]));
    expect(bytes.subarray(1, 4).toString() === "PNG" && bytes.length > 1_000, `${bytes.length} bytes, no picture`);
  });
  await check("an incident is opened outside by its address alone", async () => {
    await go("i", "Incidents");
    await session.until(() => session.run('return document.querySelector("[role=row][aria-selected=true], [data-selected=true]") !== null'), "no row");
    await session.keys(" ");
    await shows("body", "Who was paged");
    await session.keys("o");
    await shows("[role=dialog]", "Open outside");
    await picture("open-outside");
    await press("Open in the browser", "[role=dialog]");
    await session.until(async () => (await opened()) !== "", "nothing was opened");
    const lines = (await opened()).split("\n");
    const id = await session.run('return new URL(location.href).searchParams.get("open")');
    const { url } = await invoke("incident_sheet", { id, asOf: null });
    expect(lines.length === 2 && lines[0] === url, `opened with ${JSON.stringify(lines)}, not ${url}`);
  });
  await check("a source that is removed comes back by undo, and is read again", async () => {
    await go(",", "Sources");
    const named = async () => (await invoke("sources_page")).sources.map(({ name }) => name).toSorted().join();
    await session.run('[...document.querySelectorAll("[role=row], tr")].find((row) => row.textContent.trim().startsWith("desk"))?.click()');
    await shows("section h2", "desk");
    await press("Archive");
    await shows("aside h2", "Stop reading desk");
    await picture("remove");
    await press("Remove with", "aside");
    await shows("body", "removed");
    await session.until(async () => (await named()) === "pagerduty,prometheus", `still ${await named()}`);
    await press("Undo");
    await session.until(async () => (await named()) === "desk,pagerduty,prometheus", `only ${await named()}`);
    await session.keys("R", SHIFT);
    const back = async () => (await invoke("posture")).on_call.some(({ schedule }) => schedule === world.calendar.schedule);
    await session.until(back, "its shifts are not read again", 30_000);
    await picture("undone");
  });
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
      const desk = at(session, checks(result));
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
