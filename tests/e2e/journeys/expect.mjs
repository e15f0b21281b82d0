/** Ends a journey with what is wrong. */
export function expect(holds, what) {
  if (!holds) throw new Error(what);
}

/** The usual window. */
export const SIZE = { width: 1280, height: 800 };
