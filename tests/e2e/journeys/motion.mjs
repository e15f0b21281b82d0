// For somebody who asked for reduced motion, nothing moves.
import { expect } from "./expect.mjs";

/** In the page: what moves or would move for longer than a frame. */
const moving = () => {
  const running = document.getAnimations().filter((one) => {
    const { duration, delay } = one.effect.getComputedTiming();
    return one.playState === "running" && Number(duration) + delay > 0.01;
  });
  const would = [...document.querySelectorAll("*")].filter((element) => {
    const { transitionProperty, transitionDuration, animationDuration, animationName } = getComputedStyle(element);
    const longest = (text) =>
      Math.max(...text.split(",").map((one) => Number.parseFloat(one) * (one.includes("ms") ? 1 : 1_000)));
    return (
      (transitionProperty !== "none" && longest(transitionDuration) > 0.01) ||
      (animationName !== "none" && longest(animationDuration) > 0.01)
    );
  });
  return [...running.map((one) => one.effect.target), ...would].map((element) => element.outerHTML.slice(0, 120));
};

/** Opens a peek, a dialog, the palette, a toast and the help sheet. */
export async function still(page) {
  // What stands in for a part that is still on the way shows itself after a moment, which is no motion.
  await page.locator(".late").first().waitFor({ state: "detached", timeout: 10_000 });
  for (const [keys, shows] of [
    [["Space"], "Why it is here"],
    [["Escape", "s"], "It stays counted in sight"],
    [["Escape", "Control+k"], "Copy the row"],
    [["Escape", "c"], "opied"],
    [["Shift+?"], "Sync every source now"],
  ]) {
    for (const key of keys) await page.keyboard.press(key);
    await page.getByText(shows).first().waitFor({ timeout: 10_000 });
    const found = await page.evaluate(moving);
    expect(found.length === 0, `after ${keys.join(" ")} it moves: ${found[0]}`);
  }
}
