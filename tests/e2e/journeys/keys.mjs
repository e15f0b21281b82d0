// By keys alone: whatever is done, something has the focus, and that can be seen.
import { expect } from "./expect.mjs";

/** In the page: what has the focus, and whether that can be seen. A field shows it by its caret. */
const focusNow = () => {
  const element = document.activeElement;
  const outlined = (pseudo) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
  };
  const named = element.getAttribute("aria-label") ?? element.textContent.slice(0, 40);
  return {
    name: `${element.tagName.toLowerCase()} "${named}"`,
    lost: element === document.body,
    seen:
      element.matches("input, textarea") || (element.matches(":focus-visible") && (outlined() || outlined("::after"))),
  };
};

async function focusHolds(page, after) {
  // What is given back when a dialog closes is given a moment later.
  await page.waitForTimeout(80);
  const focus = await page.evaluate(focusNow);
  expect(!focus.lost, `after ${after} nothing has the focus`);
  expect(focus.seen, `after ${after} the focus is on ${focus.name} and cannot be seen`);
}

/** Presses keys, waits for what then shows (`!` before it: for what then is gone), and looks where the focus is. */
async function step(page, keys, shows) {
  for (const key of [keys].flat()) await page.keyboard.press(key);
  if (shows?.startsWith("!"))
    await page.getByText(shows.slice(1)).first().waitFor({ state: "hidden", timeout: 10_000 });
  else if (shows) await page.getByText(shows).first().waitFor({ timeout: 10_000 });
  await focusHolds(page, [keys].flat().join(" "));
}

const GO = [
  ["o", "On-call", "12 h gap"],
  ["s", "SLOs", "1 of 9 budgets is spent"],
  ["i", "Incidents", "2 are open"],
  [",", "Sources", "5 of 6 sources answer"],
  ["p", "Posture", "9 things need you"],
];

/** Each begins on Posture. */
export const KEYS = {
  "every page by key": async (page) => {
    for (const [letter, word, shows] of GO) {
      await step(page, ["g", letter], shows);
      expect((await page.locator("h1").textContent()) === word, `g ${letter} does not lead to ${word}`);
    }
  },
  "rows, a peek and back": async (page) => {
    const selected = () => page.locator("[data-selected=true]").first().textContent();
    for (const [letter, , shows] of GO.filter(([key]) => key === "p" || key === "i")) {
      await step(page, ["g", letter], shows);
      const first = await selected();
      await step(page, "j");
      expect((await selected()) !== first, `j moves nothing after g ${letter}`);
      await step(page, "Space");
      const peek = page
        .getByRole("complementary")
        .filter({ hasText: letter === "p" ? "Why it is here" : "Who was paged" });
      await peek.waitFor();
      await step(page, "Escape");
      await peek.waitFor({ state: "hidden" });
      await step(page, "k");
      expect((await selected()) === first, `k does not go back after g ${letter}`);
    }
  },
  "a filter, and out of it": async (page) => {
    await step(page, ["g", "i"], "2 are open");
    await step(page, ["/", "c", "h", "e", "c", "k"], "Checkout flag inverted");
    await step(page, "Escape");
    await step(page, "Escape");
    await step(page, "j");
  },
  "another instant, and back to now": async (page) => {
    await step(page, "t", "Show the pages as of");
    await step(
      page,
      ["Control+a", ..."2026-11-15 23:10"].map((key) => (key === " " ? "Space" : key)),
    );
    await step(page, "Enter", "As it was");
    await step(page, "Shift+N", "!As it was");
  },
  "a row set aside, and taken back": async (page) => {
    await page.locator("[data-selected=true]").first().waitFor();
    await step(page, ["j", "j", "j", "s"], "It stays counted in sight");
    await step(page, [..."later", "Enter"], "!It stays counted in sight");
    await page.getByRole("button", { name: /^Undo/ }).waitFor();
    await step(page, "u");
    await page.getByRole("button", { name: /^Undo/ }).waitFor({ state: "hidden" });
    await step(page, "j");
  },
  "the palette does an action": async (page) => {
    await step(page, "Control+k", "Copy the row");
    await step(page, "Escape", "!Copy the row");
    await step(page, "Control+k", "Copy the row");
    await step(page, [..."show all keys", "Enter"], "Sync every source now");
    await step(page, "Escape", "!Sync every source now");
    await step(page, "Shift+?", "Sync every source now");
    await step(page, "Escape", "!Sync every source now");
    await step(page, "j");
  },
  "Enter in the palette right after the last letter": async (page) => {
    await step(page, "Control+k", "Copy the row");
    // No keyboard is as quick as a busy machine is slow: no task of the page comes between the last letter and Enter.
    await page.evaluate(async () => {
      const field = document.activeElement;
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, "show all keys");
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await Promise.resolve();
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    });
    await step(page, [], "Sync every source now");
  },
  "the form of a source, and out of it": async (page) => {
    await step(page, ["g", ","], "5 of 6 sources answer");
    await step(page, "n", "Kept in fairlead.toml");
    for (let tab = 0; tab < 12; tab += 1) {
      if (await page.evaluate(() => document.activeElement.matches("main input"))) break;
      await step(page, "Tab");
    }
    expect(await page.evaluate(() => document.activeElement.matches("main input")), "no field is reached by Tab");
    await step(page, "Escape");
    await step(page, "Escape", "!Kept in fairlead.toml");
  },
  "by Tab through each page": async (page) => {
    for (const [letter, , shows] of GO) {
      await step(page, ["g", letter], shows);
      for (let tab = 0; tab < 25; tab += 1) {
        await page.keyboard.press("Tab");
        const focus = await page.evaluate(focusNow);
        expect(focus.lost || focus.seen, `Tab ${tab + 1} after g ${letter}: ${focus.name} does not show its focus`);
      }
    }
  },
};
