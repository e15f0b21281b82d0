// The upstreams that a new lead connects: one program plays them all and says what is true there.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { built } from "./desktop.mjs";

/** Starts them on a desktop; gives where they are, and what can happen there. */
export async function playUpstreams(desktop) {
  const child = desktop.start(built("examples", "upstreams"), [], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([
    once(lines, "line"),
    once(lines, "close").then(() => {
      throw new Error("the upstreams ended: is `cargo build --workspace --example upstreams` done?");
    }),
  ]);
  return {
    ...JSON.parse(line),
    /** Wakes somebody for a new incident of the worst severity. */
    page: async () => {
      child.stdin.write("page\n");
      await once(lines, "line");
    },
  };
}
