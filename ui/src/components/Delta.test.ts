import { expect, it } from "vitest";
import { deltaText } from "./Delta";

const words = (change: number | null, digits = 0) =>
  deltaText({ change, digits, unit: "pages", countable: true, than: "than in the 84 d before" });

it.each([
  [6, "6 more pages than in the 84 d before"],
  [-3, "3 fewer pages than in the 84 d before"],
  [0, "as many pages as in the 84 d before"],
  [null, "change not known: pages in the 84 d before were not read whole"],
])("%s", (change, text) => {
  expect(words(change)).toBe(text);
});

it("a change that rounds to nothing is none", () => {
  expect(words(-0.04, 1)).toBe("as many pages as in the 84 d before");
});
