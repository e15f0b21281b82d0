import { Skeleton } from "../../components/Skeleton";

/** The page while its first answer is on the way. */
export function OncallSkeleton() {
  return (
    <main aria-busy="true" aria-label="On-call is loading" className="late flex min-h-0 flex-col">
      <div className="grid grid-cols-4 border-b border-line">
        {["a", "b", "c", "d"].map((fact) => (
          <div key={fact} className="flex h-[74px] flex-col justify-center gap-2 px-4">
            <Skeleton className="h-2.5 w-20" />
            <Skeleton className="h-4 w-36" />
          </div>
        ))}
      </div>
      {["a", "b", "c"].map((schedule) => (
        <div key={schedule} className="flex flex-col gap-3 border-b border-line px-4 py-4">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="ml-24 h-7" />
          <Skeleton className="ml-24 h-7" />
        </div>
      ))}
    </main>
  );
}
