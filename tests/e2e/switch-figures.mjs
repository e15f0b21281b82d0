// How long it takes from the key that leads to a page until that page is painted, over every pair of pages.
const PAGES = [
  ["p", "Posture"],
  ["o", "On-call"],
  ["s", "SLOs"],
  ["i", "Incidents"],
  [",", "Sources"],
];
/** Every page from every other, in one walk: each step begins where the one before ended. */
const WALK = PAGES.flatMap((_, by) =>
  by === 0 ? [] : Array.from({ length: PAGES.length + 1 }, (__, step) => PAGES[(step * by) % PAGES.length]),
);

/** In the page: `window.painted` will be the milliseconds from the next press of a letter to the second frame with the page's
 * head and its answer. */
const arm = ([letter, word]) => {
  window.painted = new Promise((done) => {
    let began = null;
    const note = (event) => {
      if (event.key !== letter) return;
      began = event.timeStamp;
      window.removeEventListener("keydown", note, true);
    };
    window.addEventListener("keydown", note, true);
    const look = () => {
      const there =
        began !== null &&
        document.querySelector("header h1")?.textContent === word &&
        document.querySelector("main h2")?.textContent;
      if (!there) return void requestAnimationFrame(look);
      requestAnimationFrame(() => done(performance.now() - began));
    };
    requestAnimationFrame(look);
  });
};

/** Milliseconds of each switch, after a walk that loads the code and the answers of every page. */
export async function switches(page, address, walks) {
  await page.goto(`${address}/posture?scenario=full`);
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  const times = [];
  for (let walk = 0; walk <= walks; walk += 1) {
    for (const [letter, word] of WALK) {
      if ((await page.locator("header h1").textContent()) === word) continue;
      await page.evaluate(arm, [letter, word]);
      await page.keyboard.press("g");
      await page.keyboard.press(letter);
      const spent = await page.evaluate(() => window.painted);
      if (walk > 0) times.push(spent);
    }
  }
  return times;
}
