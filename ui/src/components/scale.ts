/** How large text is set, beside the usual: 2 where it is doubled. For what is placed by number, as rows of a long table are. */
export function textScale(): number {
  return (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) / 16;
}
