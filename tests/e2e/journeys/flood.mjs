// Text from upstream that is too long to be meant well.
import { expect } from "./expect.mjs";

/** Titles of a megabyte with markup and turned text: nothing of it runs, turns or takes the page away. */
export async function flooded(page, address) {
  for (const [path, keys] of [
    ["posture", ["Space"]],
    ["incidents", ["Space"]],
    ["slos", ["j"]],
    ["posture", ["Control+k"]],
  ]) {
    await page.goto(`${address}/${path}?scenario=flood`);
    await page.getByText("<img src=x").first().waitFor({ timeout: 20_000 });
    for (const key of keys) await page.keyboard.press(key);
    await page.waitForTimeout(300);
    const began = Date.now();
    const state = await page.evaluate(() => ({
      title: document.title,
      made: document.querySelectorAll("img, script:not([src])").length,
      turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText),
      wide: document.documentElement.scrollWidth > window.innerWidth,
      long: [...document.querySelectorAll("bdi, [role=option]")].some((one) => one.textContent.length > 20_000),
    }));
    expect(state.title === "Fairlead", `${path}: the title was changed by text from upstream`);
    expect(state.made === 0, `${path}: text from upstream became an element`);
    expect(!state.turned, `${path}: text from upstream turns what follows`);
    expect(!state.wide, `${path}: wider than the window`);
    expect(!state.long, `${path}: a text of a megabyte is drawn whole`);
    expect(Date.now() - began < 2_000, `${path}: the page does not answer`);
  }
}
