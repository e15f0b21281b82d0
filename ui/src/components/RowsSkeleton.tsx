import { clsx } from "clsx";
import { Skeleton } from "./Skeleton";

interface RowsSkeletonProps {
  /** What is loading, in a sentence. */
  label: string;
  /** Width of the answer above the rows. */
  answer: string;
  /** Width of the filter's words, where the page has a filter. */
  filter?: string;
  /** Height of each row. */
  rows: readonly string[];
  /** Width of each bar of a row; a list stands for lines that lie one under the other. */
  bars: readonly (string | readonly string[])[];
  /** Heights of what stands beside the rows. */
  beside?: readonly string[];
  /** What stands below the rows. */
  below?: React.ReactNode;
}

/** A page of rows while its first answer is on the way: everything has its final height. */
export function RowsSkeleton({ label, answer, filter, rows, bars, beside, below }: RowsSkeletonProps) {
  return (
    <main
      aria-busy="true"
      aria-label={label}
      className={clsx(
        "late min-h-0 overflow-hidden",
        beside && "grid grid-cols-[minmax(0,1fr)_23rem] wide:grid-cols-[minmax(0,1fr)_30rem]",
      )}
    >
      <div className={clsx(below !== undefined && "flex min-h-0 flex-col")}>
        <div className="flex h-14 flex-none items-center border-b border-line px-4">
          <Skeleton className={`h-5 ${answer}`} />
        </div>
        {filter && (
          <div className="flex h-10 items-center border-b border-line px-4">
            <Skeleton className={`h-5 ${filter}`} />
          </div>
        )}
        {rows.map((height, index) => (
          // Bars without identity.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={`flex items-center gap-6 border-b border-line px-4 ${height}`}>
            {bars.map((bar) => (
              <Bar key={String(bar)} bar={bar} />
            ))}
          </div>
        ))}
        {below}
      </div>
      {beside && <BesideSkeleton blocks={beside} />}
    </main>
  );
}

function Bar({ bar }: { bar: string | readonly string[] }) {
  if (typeof bar === "string") return <Skeleton className={`h-3 ${bar}`} />;
  return (
    <div className="flex grow flex-col gap-2">
      {bar.map((line) => (
        <Skeleton key={line} className={`h-2.5 ${line}`} />
      ))}
    </div>
  );
}

/** What stands beside a page while it is on the way: a title over each block of its height. */
export function BesideSkeleton({ blocks }: { blocks: readonly string[] }) {
  return (
    <div className="flex flex-col gap-6 border-l border-line p-4">
      {blocks.map((height) => (
        <div key={height} className="flex flex-col gap-3">
          <Skeleton className="h-3 w-20" />
          <Skeleton className={`w-full ${height}`} />
        </div>
      ))}
    </div>
  );
}

/** So many rows of a height. */
export const rowsOf = (count: number, height = "h-8"): string[] => Array.from({ length: count }, () => height);
