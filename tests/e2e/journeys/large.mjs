// Large text and small windows: everything can be read and reached.
import { SIZE } from "./expect.mjs";

/** In the page: text that is cut off without a mark and a title, or lies under something else, and controls that cannot be
 * brought into the window. */
const unreadable = () => {
  const faults = [];
  const named = (element) => `${element.tagName.toLowerCase()} "${element.textContent.slice(0, 50)}"`;
  const shown = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const hidden = (element) =>
    element.closest("[aria-hidden=true], .\\@max-\\[60rem\\]\\:sr-only, canvas, svg") !== null;
  const clipped = (element, x, y) => {
    for (let box = element; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === "visible") continue;
      const { left, right, top, bottom } = box.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push("wider than the window");
  for (const element of document.querySelectorAll(
    "h1, h2, h3, button, a, label, p, dt, dd, li, [role=gridcell], [role=columnheader]",
  )) {
    if (!shown(element) || hidden(element) || element.textContent.trim() === "") continue;
    const style = getComputedStyle(element);
    const cuts = style.overflowX !== "visible";
    const told = element.closest("[title]:not([title=''])") || element.querySelector("[title]:not([title=''])");
    if (cuts && element.scrollWidth > element.clientWidth + 1 && !(style.textOverflow === "ellipsis" && told))
      faults.push(`cut off at the side: ${named(element)}`);
    if (style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 3)
      faults.push(`cut off below: ${named(element)}`);
  }
  // Words of one line over words of another: only where both are in sight.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (node.data.trim() === "" || !shown(element) || hidden(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of [...range.getClientRects()].slice(0, 2)) {
      const [x, y] = [box.left + Math.min(box.width, 12) / 2, box.top + box.height / 2];
      const over = box.width > 4 && document.elementFromPoint(x, y);
      if (clipped(element, x, y)) continue;
      if (!over || over.contains(element) || element.contains(over) || over.contains(element.parentElement)) continue;
      // Clipped away, or under what stays in sight while its pane scrolls, is not unreadable: it can be scrolled to.
      const own = over.closest("header, footer, aside, [role=grid], section, nav, li, search") ?? over;
      const words = [...over.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
      if (words && (own.contains(element) || own === over)) faults.push(`${named(over)} lies over ${named(element)}`);
    }
  }
  for (const control of document.querySelectorAll("button, a[href], input, [role=combobox]")) {
    if (!shown(control) || hidden(control)) continue;
    control.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, right, top, bottom, width } = control.getBoundingClientRect();
    if (width > 1 && (right < 4 || left > window.innerWidth - 4 || bottom < 4 || top > window.innerHeight - 4))
      faults.push(`cannot be reached: ${named(control)}`);
  }
  return [...new Set(faults)];
};

/** How large. */
export const LARGE = {
  "text of 200 %": { rem: 200, viewport: SIZE },
  "a window of 640 × 400 at twice the size": { rem: 100, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
};
/** Pages and what is opened on them, for large text. */
const VIEWS = [
  ["posture", [], "9 things need you"],
  ["posture", ["Space"], "Why it is here"],
  ["posture", ["s"], "It stays counted in sight"],
  ["posture", ["Control+k"], "Copy the row"],
  ["posture", ["Shift+?"], "Sync every source now"],
  ["slos", [], "1 of 9 budgets is spent"],
  ["slos", ["j", "j", "Enter"], "What spent it, and when it comes back"],
  ["incidents", [], "2 are open"],
  ["incidents", ["Space"], "Responders"],
  ["oncall", [], "12 h gap"],
  ["sources", [], "5 of 6 sources answer"],
  ["sources", ["n"], "Kept in fairlead.toml"],
];

/** What cannot be read or reached, view by view. */
export async function readable(page, address, rem, shots) {
  const faults = [];
  // Before the first line of the page's own code, as a setting of the person's is.
  await page.addInitScript((size) => {
    const set = () => document.documentElement?.style.setProperty("font-size", `${size}%`);
    set();
    new MutationObserver(set).observe(document, { childList: true });
  }, rem);
  for (const [path, keys, shows] of VIEWS) {
    await page.goto(`${address}/${path}?scenario=full`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    for (const key of keys) await page.keyboard.press(key);
    await page.getByText(shows).first().waitFor({ state: "attached", timeout: 10_000 });
    await page.waitForTimeout(200);
    await page.screenshot({
      path: `${shots}/large-${rem}-${path}-${keys.join("") || "full"}.png`.replace("?", "help"),
    });
    for (const fault of await page.evaluate(unreadable)) faults.push(`${path} ${keys.join(" ")}: ${fault}`);
  }
  return faults;
}
