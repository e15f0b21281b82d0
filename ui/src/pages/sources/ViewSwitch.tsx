import { Segmented } from "../../components/Segmented";
import { KeyBarItem } from "../../components/layout/Pane";
import { usePresenting } from "../../frame/presenter";
import type { Place } from "./place";

const VIEWS = [
  { id: "sources", word: "Sources" },
  { id: "people", word: "People" },
  { id: "services", word: "Services" },
] as const;

/** The three lists of the page. That of people is not for a screen that others look at. */
export function ViewSwitch({ place }: { place: Place }) {
  const presenting = usePresenting();
  const views = VIEWS.filter(({ id }) => !(presenting && id === "people"));
  return <Segmented label="What is listed" segments={views} value={place.view} onChange={place.show} />;
}

/** The keys of the three lists, for a key bar. */
export function ViewKeys() {
  const presenting = usePresenting();
  return (
    <KeyBarItem
      commands={presenting ? ["sources.show", "services.show"] : ["sources.show", "people.show", "services.show"]}
    >
      list
    </KeyBarItem>
  );
}
