import { Segmented } from "../../components/Segmented";
import type { Place } from "./place";

const VIEWS = [
  { id: "sources", word: "Sources" },
  { id: "people", word: "People" },
  { id: "services", word: "Services" },
] as const;

/** The three lists of the page. */
export function ViewSwitch({ place }: { place: Place }) {
  return <Segmented label="What is listed" segments={VIEWS} value={place.view} onChange={place.show} />;
}
