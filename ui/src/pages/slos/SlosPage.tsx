import { useSearch } from "@tanstack/react-router";
import { ErrorBlock } from "../../components/ErrorBlock";
import { RowsSkeleton, rowsOf } from "../../components/RowsSkeleton";
import { useFrame } from "../../host/frame";
import { useSloTable } from "../../host/slos";
import { SloDetail } from "./SloDetail";
import { SloTablePane } from "./SloTablePane";

/** The SLOs: how much budget is left, what spent it, when it runs out or comes back. */
export function SlosPage() {
  const { open } = useSearch({ from: "/slos" });
  const table = useSloTable();
  const zone = useFrame().data?.timezone;
  if (zone && open !== undefined) return <SloDetail key={open} id={open} table={table.data} zone={zone} />;
  if (zone && table.data) {
    return <SloTablePane table={table.data} zone={zone} error={table.error} onRetry={() => void table.refetch()} />;
  }
  if (table.error) {
    return (
      <main className="mx-auto mt-24 w-[35rem]">
        <ErrorBlock
          error={table.error}
          title="How much budget is left is not known: the SLOs could not be read"
          onRetry={() => void table.refetch()}
        />
      </main>
    );
  }
  return (
    <RowsSkeleton
      label="SLOs are loading"
      answer="w-80"
      filter="w-44"
      rows={rowsOf(12)}
      bars={["w-16", "w-48", "w-24", "ml-auto w-40", "w-20"]}
    />
  );
}
