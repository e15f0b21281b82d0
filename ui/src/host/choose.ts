import type { Host } from "./host";
import { shellHost } from "./shell";

/** The host for this build: the shell, or in the fixture build the situation named by `?scenario=`. */
export async function chooseHost(): Promise<Host> {
  if (import.meta.env.MODE === "fixture") {
    const [{ changingHost }, { SCENARIOS }] = await Promise.all([
      import("./fixtures/changing"),
      import("./fixtures/scenarios"),
    ]);
    const asked = new URLSearchParams(window.location.search).get("scenario");
    return changingHost(SCENARIOS.find((scenario) => scenario === asked) ?? "full");
  }
  return shellHost;
}
