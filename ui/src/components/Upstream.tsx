/** Marks that turn the direction of text, and invisible ones that hide in it. */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that somebody else wrote: a text node, isolated so that its direction cannot reorder what stands around it, and
 * without the marks by which it could reorder itself: `exe.gpj` must not read as `jpg.exe`.
 */
export function Upstream({ text }: { text: string }) {
  return <bdi>{text.replace(TURNING, "")}</bdi>;
}
