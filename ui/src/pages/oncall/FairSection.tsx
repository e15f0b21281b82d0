import type { Lanes } from "../../host/bindings";
import { PeopleTable } from "./Tables";
import { isPartly } from "./words";

/** People that have room under the lanes. */
const MOST = 8;

/** Under the lanes, where the window is high enough: how the hours of the window fall on people, by name. */
export function FairSection({ answer }: { answer: Lanes }) {
  // Nobody's hours are told while others look on; many people have a table of their own.
  if (answer.people.length > MOST || !answer.people.some((lane) => lane.load !== null)) return null;
  return (
    <section className="hidden flex-none flex-col border-t border-line [@media(min-height:60rem)]:flex">
      <header className="flex flex-none items-baseline gap-2 px-4 pt-3 pb-1">
        <h2 className="font-semibold">Is the rota fair?</h2>
        <p className="cut text-sm text-muted">
          {isPartly(answer)
            ? "Not all of this window is read: these are the hours that are known, by name."
            : "Hours of this window, by name. It is here to mend the rota; it ranks nobody."}
        </p>
      </header>
      <div className="px-4 pb-2">
        <PeopleTable answer={answer} fit />
      </div>
    </section>
  );
}
