// From an empty folder to three sources that were read.
import { expect } from "../desktop.mjs";

/** The variable that holds the pager's key. */
export const KEY = "FIRST_MINUTES_KEY";
/** What is not chosen of the pager. */
export const FOREIGN = { schedule: "Marketing", service: "campaign" };
const SYNC = "[role=status][aria-label=Synchronisation]";
const CHECK = "[aria-label=Check]";
const SCOPE = "[aria-label='What is read']";

/** Begins, adds the pager, the metrics and the calendar, and waits until all is read. */
export async function connect(session, desk, world) {
  const { check, shows, inSight, text, press, fill, choose, field, place, picture } = desk;
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
    await inSight(CHECK, "Passed");
    await shows(CHECK, "read incidents: they can be read");
    await picture("pager-check");
  });
  await check("without a keychain a typed key is refused, and what to do instead is said", async () => {
    await press("Add and read");
    await inSight("[role=alert]", "no keychain runs here: use env, command or file instead");
    const stays = await session.run('return document.querySelector("input[type=password]").value');
    expect(stays === world.pagerduty.key, `of the key "${stays}" is left`);
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
  await check(
    "a Prometheus behind a token that a command prints is refused without it, and added with it",
    async () => {
      await press("Add");
      await choose(field("Kind"), "Prometheus");
      await fill("Address", world.prometheus.url);
      await press("Check");
      await inSight(CHECK, "HTTP 401");
      await place("Token", "Command");
      await fill("Token", world.prometheus.token_command);
      await press("Check");
      await shows(CHECK, "find SLOs: 5 found");
      await press("Choose what is read");
      await shows(SCOPE, "It lists no schedules");
      await picture("prometheus-scope");
      await press("Add and read");
      await shows("main", "prometheus");
    },
  );
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
