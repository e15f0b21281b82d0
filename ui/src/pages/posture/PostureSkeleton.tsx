import { Skeleton } from "../../components/Skeleton";

const ROWS = ["h-[59px]", "h-[59px]", "h-12", "h-12", "h-12", "h-12"];

/** The page while its first answer is on the way: rows of the final height. */
export function PostureSkeleton() {
  return (
    <main
      aria-busy="true"
      aria-label="Posture is loading"
      className="late grid min-h-0 grid-cols-[minmax(0,1fr)_368px]"
    >
      <div>
        <div className="flex h-14 items-center px-4">
          <Skeleton className="h-5 w-56" />
        </div>
        {ROWS.map((height, index) => (
          // Bars without identity.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={index} className={`flex items-center gap-6 border-t border-line px-4 ${height}`}>
            <Skeleton className="h-3 w-16" />
            <div className="flex grow flex-col gap-2">
              <Skeleton className="h-3 w-2/5" />
              <Skeleton className="h-2.5 w-3/5" />
            </div>
            <Skeleton className="h-5 w-20" />
          </div>
        ))}
      </div>
      <div className="flex flex-col gap-6 border-l border-line p-4">
        {["h-28", "h-36", "h-32"].map((height) => (
          <div key={height} className="flex flex-col gap-3">
            <Skeleton className="h-3 w-20" />
            <Skeleton className={`w-full ${height}`} />
          </div>
        ))}
      </div>
    </main>
  );
}
