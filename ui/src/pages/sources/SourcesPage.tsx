import { ErrorBlock } from "../../components/ErrorBlock";
import { clock } from "../../format/instant";
import type { SourcesPage as Answer } from "../../host/bindings";
import { useFrame } from "../../host/frame";
import { useSourcesPage } from "../../host/sources";
import { usePresenting } from "../../frame/presenter";
import { PeopleHidden } from "./people/PeopleHidden";
import { PeopleView } from "./people/PeopleView";
import { ServicesView } from "./services/ServicesView";
import { SourcesSkeleton } from "./SourcesSkeleton";
import { SourcesView } from "./SourcesView";
import { usePlace } from "./place";

/** Sources: which systems are read, how fresh, how complete, and how they are set up. */
export function SourcesPage() {
  const page = useSourcesPage();
  const zone = useFrame().data?.timezone;
  if (page.data && zone) {
    const failed = page.error && (
      <ErrorBlock
        error={page.error}
        title={`Not refreshed: what you see is from ${clock(page.data.as_of, zone)}`}
        onRetry={() => void page.refetch()}
      />
    );
    return <Answered page={page.data} zone={zone} failed={failed} />;
  }
  if (page.error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock
          error={page.error}
          title="Which sources answer is not known: the page could not be read"
          onRetry={() => void page.refetch()}
        />
      </main>
    );
  }
  return <SourcesSkeleton />;
}

interface AnsweredProps {
  page: Answer;
  zone: string;
  /** Says that the last refresh failed. */
  failed: React.ReactNode;
}

function Answered({ page, zone, failed }: AnsweredProps) {
  const place = usePlace();
  const presenting = usePresenting();
  switch (place.view) {
    case "people":
      // An address leads here also while others look on.
      if (presenting) return <PeopleHidden place={place} />;
      return <PeopleView place={place} zone={zone} now={page.as_of} />;
    case "services":
      return <ServicesView place={place} />;
    default:
      return <SourcesView page={page} place={place} zone={zone} failed={failed} />;
  }
}
