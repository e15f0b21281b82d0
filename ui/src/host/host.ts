import type { FilesHost } from "./files";
import type { FrameHost } from "./frame";
import type { IncidentsHost } from "./incidents";
import type { OncallHost } from "./oncall";
import type { PostureHost } from "./posture";
import type { SlosHost } from "./slos";
import type { SourcesHost } from "./sources";
import type { StartHost } from "./start";
import type { SyncHost } from "./sync";

/** What the pages need from the place they run in: the desktop shell, or a fixture in a browser. Each page's part is a
 * file of its own beside this one, with its calls to the shell and its queries. */
export type Host = FilesHost &
  FrameHost &
  SyncHost &
  StartHost &
  PostureHost &
  OncallHost &
  SlosHost &
  IncidentsHost &
  SourcesHost;
