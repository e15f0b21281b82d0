import { BesideSkeleton } from "../../components/RowsSkeleton";
import { Skeleton } from "../../components/Skeleton";

/** One SLO while its first answer is on the way. */
export function SloSkeleton({ name }: { name: string | undefined }) {
  return (
    <main
      aria-busy="true"
      aria-label="The SLO is loading"
      className="late grid min-h-0 grid-cols-[minmax(0,1fr)_22.5rem] wide:grid-cols-[minmax(0,1fr)_30rem]"
    >
      <div>
        <div className="flex h-[4.75rem] flex-col justify-center gap-2 border-b border-line px-4">
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
      <BesideSkeleton blocks={["h-24", "h-28", "h-44"]} />
    </main>
  );
}
