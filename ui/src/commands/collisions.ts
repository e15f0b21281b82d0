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
  // What has the focus inside a page goes before the page's rows.
  const focused = (scope: Scope) => scope === "chart" || scope === "lanes";
  const everywhere = (scope: Scope, other: Scope) => scope === "app" || (scope === "rows" && !focused(other));
  return a.scope === b.scope || everywhere(a.scope, b.scope) || everywhere(b.scope, a.scope);
}

function begins(short: string, long: string): boolean {
  return `${long} `.startsWith(`${short} `);
}
