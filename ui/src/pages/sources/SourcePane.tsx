import { ErrorBlock } from "../../components/ErrorBlock";
import { KeyHint } from "../../components/KeyHint";
import { Skeleton } from "../../components/Skeleton";
import type { SourceOverview, SourcesPage } from "../../host/bindings";
import { useKinds, useSettings } from "../../host/sources";
import { PastPane } from "./PastPane";
import { RemovePane } from "./RemovePane";
import { SourceForm } from "./form/SourceForm";
import type { Place } from "./place";

interface SourcePaneProps {
  page: SourcesPage;
  place: Place;
  selected: SourceOverview | undefined;
  zone: string;
}

/** What stands at the right of the list: a form, the past, or what would be removed. */
export function SourcePane({ page, place, selected, zone }: SourcePaneProps) {
  const name = place.row ?? selected?.name ?? null;
  if (place.pane === "past" && selected)
    return <PastPane source={selected} now={page.as_of} zone={zone} onClose={place.close} />;
  if (place.pane === "remove" && name !== null) return <RemovePane name={name} place={place} />;
  return <FormPane of={place.pane === "edit" ? (selected?.name ?? null) : null} place={place} />;
}

function FormPane({ of, place }: { of: string | null; place: Place }) {
  const kinds = useKinds();
  const settings = useSettings(of);
  const title = of === null ? "Add a source" : `Change ${of}`;
  const error = kinds.error ?? settings.error;
  return (
    <aside aria-label={title} className="flex min-h-0 flex-col border-l border-line bg-surface">
      <header className="flex-none border-b border-line px-4 pt-3 pb-2.5">
        <div className="flex items-center gap-2">
          <h2 className="cut text-lg font-semibold">{title}</h2>
          <button type="button" title="Close" onClick={place.close} className="ml-auto rounded-key">
            <KeyHint command="level.up" />
          </button>
        </div>
        <p className="mt-0.5 text-sm text-muted">
          Kept in fairlead.toml; a secret that is typed goes to the system's keychain and is never shown again.
        </p>
      </header>
      {error ? (
        <ErrorBlock
          error={error}
          title="The form cannot be shown"
          onRetry={() => {
            void kinds.refetch();
            void settings.refetch();
          }}
        />
      ) : kinds.data && settings.data !== undefined ? (
        <SourceForm
          key={of ?? ""}
          kinds={kinds.data}
          settings={settings.data}
          onDone={(name) => {
            place.close();
            place.select(name);
          }}
        />
      ) : (
        <div className="late flex flex-col gap-3 p-4">
          <Skeleton className="h-7 w-full" />
          <Skeleton className="h-7 w-full" />
          <Skeleton className="h-7 w-2/3" />
        </div>
      )}
    </aside>
  );
}
