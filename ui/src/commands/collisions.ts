import type { Command, Scope } from "./command";

/** Pairs of commands that one press could mean: the same keys, or keys that begin another's sequence, in scopes that meet. */
export function collisions(commands: readonly Command[]): [string, string][] {
  const claims = commands.flatMap((command) => command.keys.map((keys) => ({ command, keys })));
  return claims.flatMap((a, index) =>
    claims
      .slice(index + 1)
      .filter((b) => scopesMeet(a.command, b.command) && (begins(a.keys, b.keys) || begins(b.keys, a.keys)))
      .map((b): [string, string] => [a.command.id, b.command.id]),
  );
}

function scopesMeet(a: Command, b: Command): boolean {
  return a.scope === b.scope || reaches(a.scope, b.scope) || reaches(b.scope, a.scope);
}

/** Lanes beside rows answer only while they have the focus, and then before them; a chart may stand on any page. */
function reaches(scope: Scope, other: Scope): boolean {
  if (scope === "app") return true;
  if (scope === "rows") return other !== "lanes";
  return scope === "chart" && other !== "app";
}

function begins(short: string, long: string): boolean {
  return `${long} `.startsWith(`${short} `);
}
