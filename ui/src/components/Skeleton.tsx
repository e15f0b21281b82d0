/** Bars of the size that the text will have. It stands still: WebKitGTK repaints a shimmer by hand. */
export function Skeleton({ className }: { className: string }) {
  return <span className={`block rounded-key bg-raised ${className}`} />;
}
