/** How large everything is drawn, beside the usual. */
const STEPS: readonly number[] = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
const USUAL = 1;
const KEY = "fairlead.zoom";

/** Draws everything so large. */
type Draw = (factor: number) => Promise<void>;

function chosen(): number {
  const stored = Number(window.localStorage.getItem(KEY));
  return STEPS.includes(stored) ? stored : USUAL;
}

/** Draws as large as it was chosen before. Nothing is asked for where it is the usual. */
export async function startZoom(draw: Draw): Promise<void> {
  if (chosen() !== USUAL) await draw(chosen());
}

/** Draws everything a step larger (1), smaller (-1), or as usual (0). Answers how large, as a factor. */
export async function zoomBy(step: 1 | -1 | 0, draw: Draw): Promise<number> {
  const at = STEPS.indexOf(chosen()) + step;
  const next = step === 0 ? USUAL : (STEPS[Math.min(Math.max(at, 0), STEPS.length - 1)] ?? USUAL);
  await draw(next);
  window.localStorage.setItem(KEY, String(next));
  return next;
}
