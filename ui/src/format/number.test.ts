import { expect, test } from "vitest";
import { count, counted, multiple, percent } from "./number";

test("thousands are parted", () => {
  expect([0, 12, 999, 1_000, 99_999, 1_234_567].map(count)).toEqual(["0", "12", "999", "1,000", "99,999", "1,234,567"]);
});

test("less than nothing has a minus sign, and what rounds to nothing has none", () => {
  expect(percent(-0.0004)).toBe("0.0\u00a0%");
  expect(percent(-199)).toBe("\u221219,900.0\u00a0%");
  expect(count(-1_240)).toBe("\u22121,240");
});

test("a multiple has a decimal where one tells something", () => {
  expect([1, 14.4, 20.4, 1_500.2].map(multiple)).toEqual(["1×", "14.4×", "20×", "1,500×"]);
});

test("one of a noun is singular", () => {
  expect([0, 1, 1_200].map((number) => counted(number, "page"))).toEqual(["0 pages", "1 page", "1,200 pages"]);
  expect(counted(2, "history", "histories")).toBe("2 histories");
});
