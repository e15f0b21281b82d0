import { BesideSkeleton } from "../../components/RowsSkeleton";
import { Skeleton } from "../../components/Skeleton";

/** The page while its first answer is on the way. */
export function OncallSkeleton() {
  return (
    <main
      aria-busy="true"
      aria-label="On-call is loading"
      className="late grid min-h-0 grid-cols-[minmax(0,1fr)_20.5rem] overflow-hidden wide:grid-cols-[minmax(0,1fr)_30rem] @max-[60rem]:grid-cols-1"
    >
      <div className="flex min-h-0 flex-col">
        <div className="grid grid-cols-[1.3fr_1.15fr_1fr_1fr] border-b border-line @max-[60rem]:grid-cols-2">
          <Blocks
            count={4}
            className="h-[5.625rem] gap-2.5 pt-4 not-first:border-l"
            bars={["h-2.5 w-20", "h-4 w-32", "h-2.5 w-36"]}
          />
        </div>
        <div className="flex h-10 flex-none items-center border-b border-line px-4">
          <Skeleton className="h-5 w-80" />
        </div>
        <div className="h-17 flex-none" />
        <Blocks count={3} className="gap-3 border-t py-3" bars={["h-3 w-40", "ml-24 h-7", "ml-24 h-6"]} />
      </div>
      <BesideSkeleton blocks={["h-8", "h-12", "h-16"]} />
    </main>
  );
}

/** Facts, or schedules: alike, and without identity. */
function Blocks({ count, className, bars }: { count: number; className: string; bars: readonly string[] }) {
  return Array.from({ length: count }, (_, index) => (
    // oxlint-disable-next-line react/no-array-index-key
    <div key={index} className={`flex flex-col border-line px-4 ${className}`}>
      {bars.map((bar) => (
        <Skeleton key={bar} className={bar} />
      ))}
    </div>
  ));
}
