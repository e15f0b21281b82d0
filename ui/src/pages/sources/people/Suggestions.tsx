import { Button } from "../../../components/Button";
import { Upstream } from "../../../components/Upstream";
import type { Suggestion } from "../../../host/bindings";
import { usePeopleDeeds } from "./deeds";

/** Most suggestions in sight at once: the next comes when one is answered. */
const SHOWN = 3;

/** What could be said of people. Nothing is said by itself. */
export function Suggestions({ suggestions }: { suggestions: readonly Suggestion[] }) {
  const { map, mark } = usePeopleDeeds();
  if (suggestions.length === 0) return null;
  const more = suggestions.length - SHOWN;
  return (
    <section aria-label="Suggestions" className="flex-none border-b border-line px-4 py-2">
      <ul>
        {suggestions.slice(0, SHOWN).map((one) => (
          <li key={one.command} className="flex h-7 items-center gap-2">
            <span className="cut">
              <span className="font-medium">
                <Upstream text={one.name} />
              </span>{" "}
              {one.kind === "map" ? "may be " : `may be a ${one.as_whom} account`}
              {one.kind === "map" && <Upstream text={one.as_whom} />}
              <span className="text-muted">
                {": "}
                <Upstream text={one.reason} />
              </span>
            </span>
            <Button
              className="ml-auto flex-none"
              onClick={() =>
                one.kind === "map" ? map(one.one, one.as_whom, one.name) : mark(one.one, one.as_whom, one.name)
              }
            >
              {one.kind === "map" ? "Same person" : `Mark as ${one.as_whom}`}
            </Button>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="text-sm text-muted">and {more} more after these</p>}
    </section>
  );
}
