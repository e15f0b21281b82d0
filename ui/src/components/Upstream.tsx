/** More than any name or title has. A line of a million characters would stop the page while it is laid out. */
const LONGEST = 5_000;
/** Marks that turn the direction of text, and invisible ones that hide in it. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text of somebody else as it may be shown: without what turns it, and no longer than anybody reads. */
export const plain = (text: string): string =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replace(TURNING, "");

/**
 * Text that somebody else wrote: a text node, isolated so that its direction cannot reorder what stands around it, and
 * without the marks by which it could reorder itself: `exe.gpj` must not read as `jpg.exe`.
 */
export function Upstream({ text }: { text: string }) {
  return <bdi>{plain(text)}</bdi>;
}
