import { clsx } from "clsx";
import { late } from "../../components/late";
import { Shell } from "../../frame/Shell";
import { useFolder } from "../../host/start";

// Seldom needed, so no part of what each start loads.
const BrokenFolder = late(async () => (await import("./BrokenFolder")).BrokenFolder);
const FirstStart = late(async () => (await import("./FirstStart")).FirstStart);

/**
 * The pages where a workspace is, and the ways to begin where none is. The pages ask at the same time as this does, so that
 * a start costs no round trip more; they are out of sight until it is known that there is something to tell, because where
 * there is no workspace they are refused.
 */
export function Gate() {
  const folder = useFolder();
  switch (folder.data?.state) {
    case "missing":
      return <FirstStart folder={folder.data.folder} />;
    case "broken":
      return <BrokenFolder folder={folder.data} onRetry={() => void folder.refetch()} />;
    default:
      // A folder that cannot be asked about is told by the pages, each for itself.
      return (
        <div className={clsx("h-full", folder.isPending && "invisible")}>
          <Shell />
        </div>
      );
  }
}
