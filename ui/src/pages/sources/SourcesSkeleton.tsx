import { Skeleton } from "../../components/Skeleton";

const ROWS = ["w-24", "w-28", "w-20", "w-20", "w-24", "w-28"];

/** The page while its first answer is on the way: rows of the final height. */
export function SourcesSkeleton() {
  return (
    <main aria-busy="true" aria-label="Sources are loading" className="late min-h-0">
      <div className="flex h-14 items-center border-b border-line px-4">
        <Skeleton className="h-5 w-56" />
      </div>
      {ROWS.map((width, index) => (
        // Bars without identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex h-8 items-center gap-8 border-b border-line px-4">
          <Skeleton className={`h-3 ${width}`} />
          <Skeleton className="h-3 w-14" />
          <Skeleton className="h-2.5 grow" />
        </div>
      ))}
    </main>
  );
}
