// Ways through the app rather than single states: by keys alone, with large text, without motion, through a source that fails
// and comes back while the page is open, and past hostile text. Run by browser.mjs after the states.
import { SIZE } from "./journeys/expect.mjs";
import { fallAndRise, FALLS } from "./journeys/falls.mjs";
import { flooded } from "./journeys/flood.mjs";
import { KEYS } from "./journeys/keys.mjs";
import { LARGE, readable } from "./journeys/large.mjs";
import { still } from "./journeys/motion.mjs";

/** Every journey, into the tally. Those with `only` in their name. */
export async function journeys(browser, address, result, { only, shots }) {
  const run = async (name, options, start, test) => {
    if (!`journeys ${name}`.includes(only)) return;
    const context = await browser.newContext({ viewport: SIZE, colorScheme: "dark", ...options });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    try {
      if (start) {
        await page.goto(`${address}${start}`);
        await page.getByRole("heading", { level: 2 }).first().waitFor();
      }
      faults.push(...((await test(page)) ?? []));
    } catch (error) {
      // What was waited for stands in the third line.
      faults.push(error.message.split("\n").slice(0, 3).join(" "));
    } finally {
      await context.close();
    }
    result.note(`journeys ${name}`, faults);
  };
  for (const [name, test] of Object.entries(KEYS)) await run(`keys: ${name}`, {}, "/posture?scenario=full", test);
  for (const [name, { rem, ...options }] of Object.entries(LARGE))
    await run(name, options, null, (page) => readable(page, address, rem, shots));
  await run("no motion", { reducedMotion: "reduce" }, "/posture?scenario=full", still);
  for (const path of Object.keys(FALLS))
    await run(`a source falls and rises: ${path}`, {}, `/${path}?scenario=full`, (page) => fallAndRise(page, path));
  await run("titles of a megabyte", {}, null, (page) => flooded(page, address));
}
