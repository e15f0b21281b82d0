// Figures of the Incidents list with 100,000 rows: first rows, and what scrolling through it leaves blank.

/** In the page: rows of the list that are in sight, and which of them show nothing yet. */
const inSight = () => {
  const grid = document.querySelector('[role=grid][aria-label^="Incidents"]');
  const view = grid.getBoundingClientRect();
  const rows = [...grid.querySelectorAll("[role=row]")].slice(1);
  const seen = rows.filter((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > view.top + 24 && top < view.bottom;
  });
  const blank = seen.filter((row) => [...row.children].slice(0, 3).some((cell) => cell.textContent === ""));
  const covered = seen.reduce((sum, row) => sum + row.getBoundingClientRect().height, 0);
  return {
    count: rows.length,
    seen: seen.map((row) => Number(row.getAttribute("aria-rowindex"))),
    blank: blank.length + (covered < view.height - 24 - 32 ? 1 : 0),
  };
};

/** In the page: waits until the list has not moved for three frames. */
const settled = () =>
  new Promise((done) => {
    const grid = document.querySelector("[role=grid][aria-label^=Incidents]");
    let [at, still] = [-1, 0];
    const look = () => {
      still = grid.scrollTop === at ? still + 1 : 0;
      at = grid.scrollTop;
      if (still < 3) requestAnimationFrame(look);
      else done();
    };
    look();
  });

/** Milliseconds from the answer with the lines to the frame that shows them. */
export async function firstRows(browser, address, runs) {
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${address}/sources?scenario=long-history`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await page.evaluate(() => {
      window.shown = new Promise((done) => {
        const look = () => {
          const row = document.querySelector("[role=grid][aria-label^=Incidents] [aria-rowindex='2']");
          if (!row?.children[2]?.textContent) return void requestAnimationFrame(look);
          // The frame that shows it is painted before the next task.
          setTimeout(() => {
            const [answered] = performance.getEntriesByName("answer incidentFirst");
            done(performance.now() - answered.startTime);
          });
        };
        look();
      });
    });
    await page.keyboard.press("g");
    await page.keyboard.press("i");
    times.push(await page.evaluate(() => window.shown));
    await page.close();
  }
  return times;
}

/** Goes through the list by wheel and by key. Answers what was blank after it had settled, the most rows in the page at any
 * time, and the tasks that kept the page from answering for more than 50 ms. */
export async function scrolled(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  try {
    await page.goto(`${address}/incidents?scenario=long-history`);
    await page.locator("main [role=row]").nth(10).waitFor();
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      window.seen = { most: 0, long: [] };
      new PerformanceObserver((list) => window.seen.long.push(...list.getEntries().map((one) => one.duration))).observe(
        {
          type: "longtask",
        },
      );
      new MutationObserver(() => {
        window.seen.most = Math.max(window.seen.most, document.querySelectorAll("main [role=row]").length);
      }).observe(document.querySelector("main"), { childList: true, subtree: true });
    });
    let [blank, rows] = [0, new Set()];
    const settle = async () => {
      await page.evaluate(settled);
      const sight = await page.evaluate(inSight);
      for (const row of sight.seen) rows.add(row);
      blank += sight.blank;
    };
    const box = await page.getByRole("grid").boundingBox();
    await page.mouse.move(box.x + 200, box.y + 100);
    for (let turn = 0; turn < 60; turn += 1) {
      // Gently, then a page at a time, then far.
      await page.mouse.wheel(0, turn < 20 ? 240 : turn < 40 ? 600 : 40_000);
      await settle();
    }
    await page.getByRole("grid").focus();
    for (const key of [
      "Home",
      ...Array(20).fill("PageDown"),
      ...Array(40).fill("ArrowDown"),
      "End",
      ...Array(10).fill("PageUp"),
    ]) {
      await page.keyboard.press(key);
      await settle();
    }
    return { blank, rows: rows.size, ...(await page.evaluate(() => window.seen)) };
  } finally {
    await page.close();
  }
}
