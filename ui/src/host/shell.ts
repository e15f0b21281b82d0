import { frameShell } from "./frame";
import type { Host } from "./host";
import { incidentsShell } from "./incidents";
import { postureShell } from "./posture";
import { syncShell } from "./sync";

/** The desktop shell as the host. */
export const shellHost: Host = { ...frameShell, ...syncShell, ...postureShell, ...incidentsShell };
