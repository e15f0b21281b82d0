// Ways through the app rather than single states: by keys alone, with large text, without motion, through a source that fails
// and comes back while the page is open, and past hostile text. Run by browser.mjs after the states.
const SIZE = { width: 1280, height: 800 };

function expect(holds, what) {
  if (!holds) throw new Error(what);
}

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
    seen: element.matches("input, textarea") || (element.matches(":focus-visible") && (outlined() || outlined("::after"))),
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
  if (shows?.startsWith("!")) await page.getByText(shows.slice(1)).first().waitFor({ state: "hidden", timeout: 10_000 });
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

const KEYS = {
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
      const peek = page.getByRole("complementary").filter({ hasText: letter === "p" ? "Why it is here" : "Who was paged" });
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
    await step(page, ["Control+a", ..."2026-11-15 23:10"].map((key) => (key === " " ? "Space" : key)));
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
    await step(page, [..."show all", "Enter"], "Sync every source now");
    await step(page, "Escape", "!Sync every source now");
    await step(page, "Shift+?", "Sync every source now");
    await step(page, "Escape", "!Sync every source now");
    await step(page, "j");
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

/** In the page: what moves or would move for longer than a frame. */
const moving = () => {
  const running = document.getAnimations().filter((one) => {
    const { duration, delay } = one.effect.getComputedTiming();
    return one.playState === "running" && Number(duration) + delay > 0.01;
  });
  const would = [...document.querySelectorAll("*")].filter((element) => {
    const { transitionProperty, transitionDuration, animationDuration, animationName } = getComputedStyle(element);
    const longest = (text) => Math.max(...text.split(",").map((one) => Number.parseFloat(one) * (one.includes("ms") ? 1 : 1_000)));
    return (transitionProperty !== "none" && longest(transitionDuration) > 0.01) || (animationName !== "none" && longest(animationDuration) > 0.01);
  });
  return [...running.map((one) => one.effect.target), ...would].map((element) => element.outerHTML.slice(0, 120));
};

async function still(page) {
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

/** In the page: text that is cut off without a mark and a title, or lies under something else, and controls that cannot be
 * brought into the window. */
const unreadable = () => {
  const faults = [];
  const named = (element) => `${element.tagName.toLowerCase()} "${element.textContent.slice(0, 50)}"`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const hidden = (element) => element.closest("[aria-hidden=true], .\\@max-\\[60rem\\]\\:sr-only, canvas, svg") !== null;
  const clipped = (element, x, y) => {
    for (let box = element; box; box = box.parentElement) {
      if (getComputedStyle(box).overflowX === "visible") continue;
      const { left, right, top, bottom } = box.getBoundingClientRect();
      if (x < left || x > right || y < top || y > bottom) return true;
    }
    return false;
  };
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push("wider than the window");
  for (const element of document.querySelectorAll("h1, h2, h3, button, a, label, p, dt, dd, li, [role=gridcell], [role=columnheader]")) {
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

const LARGE = { "text of 200 %": { rem: 200, viewport: SIZE }, "a window of 640 × 400 at twice the size": { rem: 100, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } };
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

async function readable(page, address, rem, shots) {
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
    await page.screenshot({ path: `${shots}/large-${rem}-${path}-${keys.join("") || "full"}.png`.replace("?", "help") });
    for (const fault of await page.evaluate(unreadable)) faults.push(`${path} ${keys.join(" ")}: ${fault}`);
  }
  return faults;
}

/** Pages, what stands on them, the situation in which a source of theirs fails, and what then tells so. */
const FALLS = {
  posture: ["9 things need you", "blind", "No answer"],
  slos: ["1 of 9 budgets is spent", "blind", "connection refused"],
  incidents: ["2 are open", "blind", "Cannot tell whether anything is open"],
  oncall: ["12 h gap", "unread", "Not read for all of this window"],
  sources: ["5 of 6 sources answer", null, "Failed"],
};

async function fallAndRise(page, path) {
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

/** Titles of a megabyte with markup and turned text: nothing of it runs, turns or takes the page away. */
async function flooded(page, address) {
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

/** Every journey, into the tally. Those with `only` in their name. */
export async function journeys(browser, address, result, { only, shots }) {
  const run = async (name, options, start, test) => {
    if (!`journeys ${name}`.includes(only)) return;
    const context = await browser.newContext({ viewport: SIZE, colorScheme: "dark", ...options });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    try {
      if (start) {
        await page.goto(`${address}${start}`);
        await page.getByRole("heading", { level: 2 }).first().waitFor();
      }
      faults.push(...((await test(page)) ?? []));
    } catch (error) {
      // What was waited for stands in the third line.
      faults.push(error.message.split("\n").slice(0, 3).join(" "));
    } finally {
      await context.close();
    }
    result.note(`journeys ${name}`, faults);
  };
  for (const [name, test] of Object.entries(KEYS)) await run(`keys: ${name}`, {}, "/posture?scenario=full", test);
  for (const [name, { rem, ...options }] of Object.entries(LARGE))
    await run(name, options, null, (page) => readable(page, address, rem, shots));
  await run("no motion", { reducedMotion: "reduce" }, "/posture?scenario=full", still);
  for (const path of Object.keys(FALLS))
    await run(`a source falls and rises: ${path}`, {}, `/${path}?scenario=full`, (page) => fallAndRise(page, path));
  await run("titles of a megabyte", {}, null, (page) => flooded(page, address));
}
