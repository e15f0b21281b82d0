import { clsx } from "clsx";
import { Skeleton } from "../../components/Skeleton";
import { RotaBars } from "./RotaFrame";

const ROWS = [true, true, false, false, false, false];

/** The page while its first answer is on the way: rows of the final height. */
export function PostureSkeleton() {
  return (
    <main
      aria-busy="true"
      aria-label="Posture is loading"
      className="late grid min-h-0 grid-cols-[minmax(0,1fr)_368px] wide:grid-cols-[minmax(0,1fr)_480px]"
    >
      <div className="flex min-h-0 flex-col">
        <div className="min-h-0 grow overflow-hidden">
          <div className="flex h-14 items-center px-4">
            <Skeleton className="h-5 w-56" />
          </div>
          {ROWS.map((large, index) => (
            <div
              // Bars without identity.
              // oxlint-disable-next-line react/no-array-index-key
              key={index}
              className={clsx(
                "flex items-center gap-6 border-t border-line px-4",
                large ? "h-[59px] wide:h-[70px]" : "h-12 wide:h-14",
              )}
            >
              <Skeleton className="h-3 w-16" />
              <div className="flex grow flex-col gap-2">
                <Skeleton className="h-3 w-2/5" />
                <Skeleton className="h-2.5 w-3/5" />
              </div>
              <Skeleton className="h-5 w-20" />
            </div>
          ))}
        </div>
        <div className="flex-none border-t border-line">
          <div className="px-4 py-3">
            <Skeleton className="mt-1 mb-3 h-3 w-32" />
            <RotaBars />
          </div>
        </div>
      </div>
      <div className="flex flex-col gap-6 border-l border-line p-4">
        {["h-28", "h-16", "h-36", "h-32"].map((height) => (
          <div key={height} className="flex flex-col gap-3">
            <Skeleton className="h-3 w-20" />
            <Skeleton className={`w-full ${height}`} />
          </div>
        ))}
      </div>
    </main>
  );
}
