import { frameShell } from "./frame";
import type { Host } from "./host";
import { postureShell } from "./posture";
import { slosShell } from "./slos";
import { syncShell } from "./sync";

/** The desktop shell as the host. */
export const shellHost: Host = { ...frameShell, ...syncShell, ...postureShell, ...slosShell };
