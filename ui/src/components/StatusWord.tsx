/**
 * The word of something that is over: no shape, because nothing is asked. It keeps the room of a shape, so that it stands
 * under the words that have one.
 */
export function StatusWord({ word }: { word: string }) {
  return <span className="pl-[1.125rem] text-sm whitespace-nowrap text-muted">{word}</span>;
}
