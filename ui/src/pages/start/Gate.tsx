import { Shell } from "../../frame/Shell";
import { useFolder } from "../../host/start";
import { BrokenFolder } from "./BrokenFolder";
import { FirstStart } from "./FirstStart";

/** The pages where a workspace is, and the ways to begin where none is. */
export function Gate() {
  const folder = useFolder();
  switch (folder.data?.state) {
    case "missing":
      return <FirstStart folder={folder.data.folder} />;
    case "broken":
      return <BrokenFolder folder={folder.data} onRetry={() => void folder.refetch()} />;
    default:
      // A folder that cannot be asked about is told by the pages, each for itself.
      return folder.isPending ? null : <Shell />;
  }
}
