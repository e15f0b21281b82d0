import { lazy, Suspense } from "react";
import { Shell } from "../../frame/Shell";
import { useFolder } from "../../host/start";

// Seldom needed, so no part of what each start loads.
const BrokenFolder = lazy(async () => ({ default: (await import("./BrokenFolder")).BrokenFolder }));
const FirstStart = lazy(async () => ({ default: (await import("./FirstStart")).FirstStart }));

/** The pages where a workspace is, and the ways to begin where none is. */
export function Gate() {
  const folder = useFolder();
  switch (folder.data?.state) {
    case "missing":
      return (
        <Suspense>
          <FirstStart folder={folder.data.folder} />
        </Suspense>
      );
    case "broken":
      return (
        <Suspense>
          <BrokenFolder folder={folder.data} onRetry={() => void folder.refetch()} />
        </Suspense>
      );
    default:
      // A folder that cannot be asked about is told by the pages, each for itself.
      return folder.isPending ? null : <Shell />;
  }
}
