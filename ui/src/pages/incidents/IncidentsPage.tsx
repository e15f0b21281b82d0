import { ErrorBlock } from "../../components/ErrorBlock";
import { RowsSkeleton, rowsOf } from "../../components/RowsSkeleton";
import { clock } from "../../format/instant";
import { useFrame } from "../../host/frame";
import { useIncidentFirst, useIncidentIndex } from "../../host/incidents";
import { IncidentList } from "./IncidentList";
import { useFilters } from "./filters";

/** Incidents: what broke, how long, who was paged. */
export function IncidentsPage() {
  const filters = useFilters();
  const first = useIncidentFirst(filters.filters);
  const index = useIncidentIndex(filters.filters);
  const zone = useFrame().data?.timezone;
  const error = index.error ?? first.error;
  const retry = () => {
    void first.refetch();
    void index.refetch();
  };
  // The first lines are of these filters sooner than the index: they stand in for it until it is there.
  const counted = index.isPlaceholderData && first.data && !first.isPlaceholderData ? undefined : index.data;
  const known = index.data?.as_of ?? first.data?.as_of;
  if (zone && known !== undefined) {
    return (
      <IncidentList
        first={first.data}
        index={index.data}
        rows={counted?.rows ?? first.data?.lines.map((line) => line.row) ?? []}
        pending={index.isPlaceholderData || index.isPending}
        now={known}
        zone={zone}
        filters={filters}
        notice={
          error && (
            <ErrorBlock
              error={error}
              title={`Not refreshed: what you see is from ${clock(known, zone)}`}
              onRetry={retry}
            />
          )
        }
      />
    );
  }
  if (error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock error={error} title="What broke is not known: incidents could not be read" onRetry={retry} />
      </main>
    );
  }
  return (
    <RowsSkeleton
      label="Incidents are loading"
      answer="w-56"
      filter="w-44"
      rows={rowsOf(18)}
      bars={["w-16", "w-12", "w-2/5", "ml-auto w-20"]}
    />
  );
}
