import { Button } from "../../components/Button";
import { ErrorBlock } from "../../components/ErrorBlock";
import { KeyHint } from "../../components/KeyHint";
import { Section } from "../../components/Section";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { wordsOf } from "../../format/name";
import { count, counted } from "../../format/number";
import type { Removal } from "../../host/bindings";
import { useHost } from "../../host/context";
import { useRemoval } from "../../host/sources";
import { Refusal } from "./form/Refusal";
import { useDeed } from "./deeds";
import { useEntered } from "./entered";
import type { Place } from "./place";

/** What would go with a source, before it goes: archiving keeps its rows, removing does not. */
export function RemovePane({ name, place }: { name: string; place: Place }) {
  const removal = useRemoval(name);
  const pane = useEntered<HTMLElement>();
  return (
    <aside ref={pane} aria-label="Archive or remove" className="flex min-h-0 flex-col border-l border-line bg-surface">
      <header className="flex flex-none items-center gap-2 border-b border-line px-4 py-3">
        <h2 className="cut text-lg font-semibold">
          Stop reading <Upstream text={name} />
        </h2>
        <button type="button" title="Close" onClick={place.close} className="ml-auto rounded-key">
          <KeyHint command="level.up" />
        </button>
      </header>
      {removal.error && (
        <ErrorBlock error={removal.error} title="What would go is not known" onRetry={() => void removal.refetch()} />
      )}
      {removal.data && <Deeds removal={removal.data} place={place} />}
    </aside>
  );
}

/** What fairlead.toml would say that no longer holds. */
function Warnings({ warnings }: { warnings: readonly string[] }) {
  return (
    <div className="mt-2.5 text-sm">
      <h3 className="font-semibold">To mend in fairlead.toml afterwards</h3>
      <ul>
        {warnings.map((warning) => (
          <li key={warning} className="mt-1 grid grid-cols-[0.75rem_minmax(0,1fr)] gap-2 text-muted">
            <span className="pt-0.5">
              <StatusShape status="warn" />
            </span>
            <span className="wrap-anywhere">
              <Upstream text={warning} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Deeds({ removal, place }: { removal: Removal; place: Place }) {
  const host = useHost();
  const { deed, edit } = useDeed();
  const { name, configured, faults } = removal;
  const blocked = faults.length > 0;
  const archive = async () => {
    if (await edit(() => host.archiveSource(name), `${name} archived, its rows are kept`)) place.close();
  };
  const remove = async () => {
    const text = `${name} and ${counted(removal.total, "row")} removed`;
    const done = configured
      ? await edit(() => host.removeSource(name), text)
      : await deed(() => host.removeSource(name), text);
    if (done) place.close();
  };
  return (
    <>
      <div className="min-h-0 grow overflow-y-auto">
        {blocked && (
          <div className="px-4 py-3">
            <Refusal text={["Something else needs it: mend that first.", ...faults].join("\n")} />
          </div>
        )}
        {configured && (
          <Section title="Archive" clause="nothing goes">
            <p className="text-sm text-muted">
              It is taken out of fairlead.toml and not read any more. Everything that was read stays and is shown. Add
              it again under the same name, or undo, and reading goes on.
            </p>
            <div className="mt-2.5">
              <Button primary large disabled={blocked} onClick={() => void archive()}>
                Archive
              </Button>
            </div>
          </Section>
        )}
        <Section title="Remove" clause={`${counted(removal.total, "row")} would go`}>
          <ul className="text-sm">
            {removal.rows.map((row) => (
              <li key={row.kind} className="flex h-6 items-center">
                {wordsOf(row.kind)}
                <span className="ml-auto text-muted tabular-nums">{count(row.rows)}</span>
              </li>
            ))}
          </ul>
          <p className="mt-1.5 text-sm text-muted">
            {configured && "The edit of fairlead.toml can be undone. "}Rows cannot: they are read again only where the
            source still has them. What people wrote stays.
          </p>
          {removal.keychain.length > 0 && (
            <p className="mt-1.5 text-sm text-muted">
              In the keychain stays: <Upstream text={removal.keychain.join(", ")} />.
            </p>
          )}
          {removal.warnings.length > 0 && <Warnings warnings={removal.warnings} />}
          <div className="mt-2.5">
            <Button large disabled={blocked} onClick={() => void remove()}>
              Remove with {counted(removal.total, "row")}
            </Button>
          </div>
        </Section>
      </div>
    </>
  );
}
