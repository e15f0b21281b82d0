// What a person finds in a window by its words.
const quoted = JSON.stringify;

/** Buttons, fields and texts of the page in a session. */
export function pageOf(session) {
  const text = (selector) => session.run(`return document.querySelector(${quoted(selector)})?.textContent ?? ""`);
  const button = (words, within = "body") =>
    session.element(
      `return [...document.querySelectorAll(${quoted(within)} + " button")].find((b) => (b.getAttribute("aria-label") ?? b.textContent).trim().startsWith(${quoted(words)}) && !b.disabled) ?? null`,
      `no button "${words}"`,
    );
  /** Where one writes for a label, else what else it names: a field may have a choice beside it. */
  const field = (label) =>
    session.element(
      `const named = [...document.querySelectorAll("label")].find((l) => l.textContent.trim() === ${quoted(label)});
       if (!named) return null;
       const own = named.parentElement.querySelector("input:not([aria-hidden]), textarea");
       return own ?? named.control`,
      `no field "${label}"`,
    );
  const option = (word) =>
    session.element(
      `return [...document.querySelectorAll("[role=option], [role=menuitem]")].find((o) => o.checkVisibility() && o.textContent.trim().startsWith(${quoted(word)})) ?? null`,
      `no choice "${word}"`,
    );
  return {
    text,
    /** The text of the block with a title. */
    section: (title) =>
      session.run(
        `return [...document.querySelectorAll("section")].find((s) => s.querySelector("h2")?.textContent === ${quoted(title)})?.textContent ?? ""`,
      ),
    /** Waits until an element's text holds something. */
    shows: (selector, words, most) =>
      session.until(async () => (await text(selector)).includes(words), `no "${words}" in ${selector}`, most),
    /** Waits until an element holds something and its middle can be seen: nothing lies over it, nothing cuts it off. */
    inSight: async (selector, words) => {
      const seen = `const node = document.querySelector(${quoted(selector)}); const box = node?.getBoundingClientRect();
        return box !== undefined && node.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2))`;
      await session.until(async () => (await text(selector)).includes(words), `no "${words}" in ${selector}`);
      await session.until(() => session.run(seen), `"${words}" is out of sight`, 5_000);
    },
    press: async (words, within) => session.click(await button(words, within)),
    fill: async (label, value) => session.type(await field(label), value),
    /** Takes one of a list that a button opens. */
    choose: async (trigger, word) => {
      await session.click(await trigger);
      await session.click(await option(word));
    },
    /** Does what a menu offers. */
    menu: async (trigger, word) => {
      await session.click(await button(trigger));
      await session.click(await option(word));
    },
    /** Ticks or unticks an entry of a list. */
    tick: async (word) =>
      session.click(
        await session.element(
          `return [...document.querySelectorAll("label:has([role=checkbox])")].find((l) => (l.querySelector("bdi") ?? l).textContent.trim() === ${quoted(word)}) ?? null`,
          `no entry "${word}"`,
        ),
      ),
    button,
    field,
  };
}
