// What the desktop shows of Posture while one looks elsewhere: the tray and notifications.
import { expect } from "../desktop.mjs";
import { readAgain, statusOf } from "./keychain.mjs";

const ENTRIES = ["Open Fairlead", "Sync now", "Quit"];
/** All that may be said in sight of anybody. */
const WORD = /^(\d+ (now|open)|unknown|quiet)$/;
const SENTENCE =
  /^(\d+ things? needs? you( now|, none of them now)|Nothing needs you|Cannot tell whether anything needs you)$/;
const SYNC = "Sync now";

/** Long enough for what must not come. */
const quiet = () => new Promise((done) => setTimeout(done, 700));

/** Drives the window from the tray, with something new for the lead while the window is away and while it is in front. */
export async function seeSignals(session, desk, world, desktop, workspace, shared) {
  const { check } = desk;
  /** The tray as one reads it. */
  const tray = async () => {
    const [item, ...more] = await shared.tray();
    expect(item && more.length === 0, `${item ? more.length + 1 : 0} items are in the tray`);
    const [sentence, ...entries] = item.menu;
    return { ...item.said, word: item.said.XAyatanaLabel, sentence, entries };
  };
  const truth = async () => {
    const awake = (await statusOf(desktop, workspace)).attention.filter((row) => row.snoozed === null);
    const things = (rows) => rows.reduce((sum, row) => sum + 1 + row.folded.length, 0);
    return { now: things(awake.filter((row) => row.class === "now")), rows: things(awake) };
  };
  /** Waits until the tray says that so many things need the lead now. */
  const says = (now) =>
    session
      .until(async () => (await tray()).word === `${now} now`, "", 20_000)
      .catch(async () => {
        const rows = (await statusOf(desktop, workspace)).attention.map(({ id, class: due, snoozed }) => [
          id,
          due,
          snoozed,
        ]);
        throw new Error(`the tray says "${(await tray()).word}", not "${now} now"; there are ${JSON.stringify(rows)}`);
      });
  const window = async () => (await desktop.run("xdotool", "search", "--onlyvisible", "--name", "^Fairlead$")).trim();
  /** Fails when somebody or something of the story is named. */
  const names = world.schedules.flatMap(({ name, shifts }) => [name, ...shifts.map(({ person }) => person)]);
  const nameless = (said) => {
    const named = [...world.services, ...names].filter((name) => name && JSON.stringify(said).includes(name));
    expect(named.length === 0, `it names ${named.join()}`);
  };
  const focused = () => session.run("return document.hasFocus()");

  await check("the tray says Posture in a word and in a sentence, and nothing else", async () => {
    await session.until(async () => (await shared.tray()).length === 1, "no item came into the tray");
    // The past is still being read, and both go on meanwhile.
    const agree = async () => {
      const { now, rows } = await truth();
      const { word, sentence } = await tray();
      const told = now > 0 ? [`${now} now`, `${now} thing`] : [rows > 0 ? `${rows} open` : word, `${rows || ""}`];
      return word === told[0] && sentence.label.startsWith(told[1]);
    };
    await session.until(agree, "it does not say what the command line says");
    const said = await tray();
    expect(WORD.test(said.word), `the label is "${said.word}"`);
    expect(SENTENCE.test(said.sentence.label) && !said.sentence.enabled, JSON.stringify(said.sentence));
    expect(/^fairlead$/i.test(said.Title), `the title is "${said.Title}"`);
    const offered = said.entries.map(({ label }) => label);
    expect(offered.join() === ENTRIES.join(), `the menu offers ${offered.join()}`);
    nameless(said);
  });
  await check("nothing is notified of at the first look", async () => {
    const shown = await shared.notifications();
    expect(shown.length === 0, JSON.stringify(shown));
  });
  await check("what newly needs the lead is notified of as a count while the window is away", async () => {
    const id = await window();
    await desktop.run("xdotool", "windowminimize", "--sync", id);
    await session.until(async () => !(await focused()), "the window keeps the focus");
    const { now } = await truth();
    await world.page();
    await readAgain(session, desktop, workspace, () => shared.press(SYNC));
    await says(now + 1);
    await session.until(async () => (await shared.notifications()).length > 0, "nothing was shown");
    const [{ title, body }, ...more] = await shared.notifications();
    expect(title === "Fairlead" && body === "1 thing needs you now", `"${title}": "${body}"`);
    expect(more.length === 0, `${more.length + 1} were shown`);
    nameless(await shared.notifications());
  });
  await check("the same thing is not notified of twice", async () => {
    await readAgain(session, desktop, workspace, () => shared.press(SYNC));
    await quiet();
    const shown = await shared.notifications();
    expect(shown.length === 1, JSON.stringify(shown));
  });
  await check("the tray brings the window forward", async () => {
    await shared.press("Open Fairlead");
    await session.until(focused, "it has no focus");
    expect((await window()) !== "", "it is not in sight");
  });
  await check("nothing is notified of while one looks at the window", async () => {
    const { now } = await truth();
    await world.page();
    await readAgain(session, desktop, workspace, () => shared.press(SYNC));
    await says(now + 1);
    await quiet();
    const shown = await shared.notifications();
    expect(shown.length === 1, JSON.stringify(shown));
  });
}

/** Ends the app from the tray. */
export async function quitFromTheTray(session, desk, shared) {
  await desk.check("Quit in the tray ends the app, and its item goes", async () => {
    await shared.press("Quit");
    await session.until(async () => (await shared.tray()).length === 0, "it is still there");
  });
}
