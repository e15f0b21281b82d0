// What leaves the window: saved files, an opened address, a source taken away and brought back.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "../desktop.mjs";

/** Saves, opens and removes. */
export async function leaveTheWindow(session, desk, world, { opened, home }) {
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
    await session.until(
      () => session.run('return document.querySelector("main canvas, section canvas") !== null'),
      "no chart",
    );
    await picture("slo");
    for (const round of [1, 2]) {
      await menu("More of Budget left", "Save the numbers, CSV");
      await session.until(async () => (await saved(".csv")).length === round, "no table was saved");
    }
    await shows("body", "Saved as ");
    await picture("saved");
    const [table] = await saved(".csv");
    const rows = (await readFile(join(downloads, table), "utf8")).split("\r\n");
    expect(rows.length > 20, `${table} has ${rows.length} rows`);
    await menu("More of Budget left", "Save the picture, PNG");
    await session.until(async () => (await saved(".png")).length === 1, "no picture was saved");
    const bytes = await readFile(join(downloads, (await saved(".png"))[0]));
    expect(bytes.subarray(1, 4).toString() === "PNG" && bytes.length > 1_000, `${bytes.length} bytes, no picture`);
  });
  await check("an incident is opened outside by its address alone", async () => {
    await go("i", "Incidents");
    await session.until(
      () =>
        session.run('return document.querySelector("[role=row][aria-selected=true], [data-selected=true]") !== null'),
      "no row",
    );
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
    const named = async () =>
      (await invoke("sources_page")).sources
        .map(({ name }) => name)
        .toSorted()
        .join();
    await session.run(
      '[...document.querySelectorAll("[role=row], tr")].find((row) => row.textContent.trim().startsWith("desk"))?.click()',
    );
    await shows("section h2", "desk");
    await press("Stop reading");
    await shows("aside h2", "Stop reading desk");
    await picture("remove");
    await press("Remove with", "aside");
    await shows("body", "removed");
    await session.until(async () => (await named()) === "pagerduty,prometheus", `still ${await named()}`);
    await press("Undo");
    await session.until(async () => (await named()) === "desk,pagerduty,prometheus", `only ${await named()}`);
    await session.keys("R", "\uE008");
    const back = async () =>
      (await invoke("posture")).on_call.some(({ schedule }) => schedule === world.calendar.schedule);
    await session.until(back, "its shifts are not read again", 30_000);
    await picture("undone");
  });
}
