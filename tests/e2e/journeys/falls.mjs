// A source that fails, is slow, says nothing and comes back while the page is open.
import { expect } from "./expect.mjs";

/** Pages, what stands on them, the situation in which a source of theirs fails, and what then tells so. */
export const FALLS = {
  posture: ["9 things need you", "blind", "No answer"],
  slos: ["1 of 9 budgets is spent", "blind", "connection refused"],
  incidents: ["2 are open", "blind", "Cannot tell whether anything is open"],
  oncall: ["12 h gap", "unread", "Not read for all of this window"],
  sources: ["5 of 6 sources answer", null, "Failed"],
};

/** What was known stays in sight and says of when it is; then all is as before, in the same page. */
export async function fallAndRise(page, path) {
  const [stands, fallen, tells] = FALLS[path];
  const text = () => page.locator("main").innerText();
  const become = (scenario) => page.evaluate((name) => window.fixture.become(name), scenario);
  const seen = (what) => page.locator("main").getByText(what).first().waitFor({ timeout: 10_000 });
  await seen(stands);
  await page.evaluate(() => {
    window.sameWindow = true;
  });
  await page.waitForTimeout(300);
  const before = await text();
  await become("failed");
  await seen("Not refreshed: what you see is from 07:00");
  await seen(stands);
  const during = await text();
  const gone = before.split("\n").filter((line) => line.trim() && !during.includes(line));
  expect(gone.length === 0, `a failed refresh takes away "${gone[0]}"`);
  await page.getByRole("button", { name: "Try again" }).first().click();
  await seen("Not refreshed");
  await become("loading");
  await page.waitForTimeout(200);
  await seen(stands);
  if (fallen) {
    await become(fallen);
    await page.locator("main").getByText("Not refreshed").waitFor({ state: "hidden", timeout: 10_000 });
  }
  await become("full");
  await page.locator("main").getByText("Not refreshed").waitFor({ state: "hidden", timeout: 10_000 });
  if (fallen) {
    await become(fallen);
    await seen(tells);
  }
  await become("quiet");
  await page.waitForTimeout(200);
  expect((await page.locator("main").count()) === 1, "an empty answer takes the page away");
  await become("failed");
  await seen("Not refreshed");
  // What fails is tried again by the person, and is there.
  await page.evaluate(() => window.fixture.become("full", true));
  await page.getByRole("button", { name: "Try again" }).first().click();
  await seen(stands);
  await page.locator("main").getByText("Not refreshed").waitFor({ state: "hidden", timeout: 10_000 });
  await page.waitForTimeout(300);
  const after = await text();
  expect(after === before, `after it came back the page differs: ${firstDifference(before, after)}`);
  expect(await page.evaluate(() => window.sameWindow === true), "the page was loaded again");
}

function firstDifference(before, after) {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const at = a.findIndex((line, index) => line !== b[index]);
  return `"${a[at]}" / "${b[at]}"`;
}
