/** Text that somebody else wrote: a text node, isolated so that its direction cannot reorder what stands around it. */
export function Upstream({ text }: { text: string }) {
  return <bdi>{text}</bdi>;
}
