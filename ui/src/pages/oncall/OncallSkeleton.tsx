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
          {["a", "b", "c", "d"].map((fact) => (
            <div key={fact} className="flex h-[5.625rem] flex-col gap-2.5 border-line px-4 pt-4 not-first:border-l">
              <Skeleton className="h-2.5 w-20" />
              <Skeleton className="h-4 w-32" />
              <Skeleton className="h-2.5 w-36" />
            </div>
          ))}
        </div>
        <div className="flex h-10 flex-none items-center border-b border-line px-4">
          <Skeleton className="h-5 w-80" />
        </div>
        <div className="h-17 flex-none" />
        {["a", "b", "c"].map((schedule) => (
          <div key={schedule} className="flex flex-col gap-3 border-t border-line px-4 py-3">
            <Skeleton className="h-3 w-40" />
            <Skeleton className="ml-24 h-7" />
            <Skeleton className="ml-24 h-6" />
          </div>
        ))}
      </div>
      <div className="flex flex-col gap-3 border-l border-line px-4 py-4 @max-[60rem]:hidden">
        <Skeleton className="h-3 w-24" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="mt-6 h-3 w-36" />
        <Skeleton className="h-8 w-full" />
      </div>
    </main>
  );
}
