import { RowsSkeleton, rowsOf } from "../../components/RowsSkeleton";

/** Any of the page's lists while its first answer is on the way. */
export function SourcesSkeleton() {
  return <RowsSkeleton label="Sources are loading" answer="w-56" rows={rowsOf(6)} bars={["w-24", "w-14", "grow"]} />;
}
