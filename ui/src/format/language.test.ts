import { afterEach, describe, expect, it } from "vitest";
import { mendLanguage } from "./language";

const say = (value: string) => Object.defineProperty(navigator, "language", { value, configurable: true });

describe("the window's language", () => {
  const before = navigator.language;
  afterEach(() => say(before));

  it.each([
    ["C", "en-GB"],
    ["de-CH", "de-CH"],
  ])("%s becomes %s", (told, kept) => {
    say(told);
    mendLanguage();
    expect(navigator.language).toBe(kept);
    expect(new Intl.NumberFormat(navigator.language).format(1)).toBe("1");
  });
});
