// One true sentence about the team, on screen and on the clipboard.
import { expect } from "../desktop.mjs";
import { FOREIGN } from "./connect.mjs";

/** Control and Shift, as the driver names keys. */
const [CONTROL, SHIFT] = ["\uE009", "\uE008"];

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

/** Compares Posture with the engine and the story, and copies it. */
export async function tellTheTeam(session, desk, world) {
  const { check, go, invoke, picture, section, shows, text } = desk;
  /** The answer by the engine's rows. */
  const sentence = async () => {
    const rows = (await invoke("posture")).attention.filter((row) => row.snoozed === null).length;
    return `${rows} thing${rows === 1 ? " needs" : "s need"} you`;
  };
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
    await session.until(
      async () => (await text("main h2")) === (await sentence()),
      `the answer is "${await text("main h2")}"`,
    );
  });
  await check("what is copied for Slack says the same", async () => {
    const before = await sentence();
    await session.keys("C", SHIFT);
    await shows("body", "Copied for Slack", 5_000);
    const copied = await pasted(session);
    // Time passes meanwhile, and a row may come or go with it.
    const either = [before, await sentence()].some((said) => copied.startsWith(`*${said}*`));
    expect(either, `the clipboard begins "${copied.slice(0, 80)}", and not "${before}"`);
    for (const holder of holders(world, (await invoke("posture")).as_of))
      expect(copied.includes(`On call for ${holder} until`), `"${holder}" is not in ${copied}`);
  });
}
