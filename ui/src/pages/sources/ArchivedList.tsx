import { Button } from "../../components/Button";
import { Section } from "../../components/Section";
import { Upstream } from "../../components/Upstream";
import { instant } from "../../format/instant";
import type { ArchivedSource } from "../../host/bindings";
import type { Place } from "./place";

interface ArchivedListProps {
  sources: readonly ArchivedSource[];
  place: Place;
  now: string;
  zone: string;
}

/** Sources that are not read any more, and whose history is kept. */
export function ArchivedList({ sources, place, now, zone }: ArchivedListProps) {
  if (sources.length === 0) return null;
  return (
    <div className="border-t border-line">
      <Section
        title="Kept, not read any more"
        clause="archived here, imported from a file, or taken out of fairlead.toml"
      >
        <ul>
          {sources.map((source) => (
            <li key={source.name} className="flex h-7 items-center gap-3">
              <span className="w-40 cut font-medium">
                <Upstream text={source.name} />
              </span>
              <span className="text-sm text-muted">
                {source.kind}
                {source.archived_at && `, since ${instant(source.archived_at, now, zone)}`}
              </span>
              <Button className="ml-auto" onClick={() => place.open("remove", source.name)}>
                Remove its rows
              </Button>
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}
