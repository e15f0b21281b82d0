import { Skeleton } from "../../components/Skeleton";

const ROWS = Array.from({ length: 18 }, (_, index) => index);

/** The page while its first answer is on the way: rows of the final height. */
export function IncidentsSkeleton() {
  return (
    <main aria-busy="true" aria-label="Incidents are loading" className="late min-h-0 overflow-hidden">
      <div className="flex h-14 items-center border-b border-line px-4">
        <Skeleton className="h-5 w-56" />
      </div>
      <div className="flex h-10 items-center gap-2 border-b border-line px-4">
        <Skeleton className="h-6 w-44" />
        <Skeleton className="h-5 w-64" />
      </div>
      {ROWS.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line px-4">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-12" />
          <Skeleton className="h-3 w-2/5" />
          <Skeleton className="ml-auto h-3 w-20" />
        </div>
      ))}
    </main>
  );
}
