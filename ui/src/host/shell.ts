import { filesShell } from "./files";
import { frameShell } from "./frame";
import type { Host } from "./host";
import { incidentsShell } from "./incidents";
import { oncallShell } from "./oncall";
import { postureShell } from "./posture";
import { slosShell } from "./slos";
import { sourcesShell } from "./sources";
import { startShell } from "./start";
import { syncShell } from "./sync";

/** The desktop shell as the host. */
export const shellHost: Host = {
  ...filesShell,
  ...frameShell,
  ...syncShell,
  ...startShell,
  ...postureShell,
  ...oncallShell,
  ...slosShell,
  ...incidentsShell,
  ...sourcesShell,
};
