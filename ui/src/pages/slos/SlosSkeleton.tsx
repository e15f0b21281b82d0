import { Skeleton } from "../../components/Skeleton";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The table while its first answer is on the way: rows of the final height. */
export function SlosSkeleton() {
  return (
    <main aria-busy="true" aria-label="SLOs are loading" className="late min-h-0">
      <div className="flex h-14 items-center border-b border-line px-4">
        <Skeleton className="h-5 w-80" />
      </div>
      <div className="flex h-10 items-center border-b border-line px-4">
        <Skeleton className="h-4 w-44" />
      </div>
      {ROWS.map((row) => (
        <div key={row} className="flex h-8 items-center gap-6 border-b border-line px-4">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-48" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="ml-auto h-3 w-40" />
          <Skeleton className="h-3 w-20" />
        </div>
      ))}
    </main>
  );
}

/** One SLO while its first answer is on the way. */
export function SloSkeleton({ name }: { name: string | undefined }) {
  return (
    <main
      aria-busy="true"
      aria-label="The SLO is loading"
      className="late grid min-h-0 grid-cols-[minmax(0,1fr)_360px] wide:grid-cols-[minmax(0,1fr)_480px]"
    >
      <div>
        <div className="flex h-[76px] flex-col justify-center gap-2 border-b border-line px-4">
          {name ? <span className="text-sm text-muted">{name}</span> : <Skeleton className="h-3 w-64" />}
          <Skeleton className="h-5 w-72" />
        </div>
        {["h-[270px]", "h-28", "h-40"].map((height) => (
          <div key={height} className="flex flex-col gap-3 border-b border-line p-4">
            <Skeleton className="h-3 w-28" />
            <Skeleton className={`w-full ${height}`} />
          </div>
        ))}
      </div>
      <div className="flex flex-col gap-6 border-l border-line p-4">
        {["h-24", "h-28", "h-44"].map((height) => (
          <div key={height} className="flex flex-col gap-3">
            <Skeleton className="h-3 w-20" />
            <Skeleton className={`w-full ${height}`} />
          </div>
        ))}
      </div>
    </main>
  );
}
