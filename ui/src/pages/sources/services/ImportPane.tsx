import { useState } from "react";
import { Button } from "../../../components/Button";
import { KeyHint } from "../../../components/KeyHint";
import { Section } from "../../../components/Section";
import { Upstream } from "../../../components/Upstream";
import { TextField } from "../../../components/fields/TextField";
import { counted } from "../../../format/number";
import type { ServiceImport } from "../../../host/bindings";
import { useHost } from "../../../host/context";
import { messageOf } from "../../../host/error";
import { useDeed } from "../deeds";
import { useEntered } from "../entered";
import { Refusal } from "../form/Refusal";

/** Services out of a catalogue file: what would change is shown first, and the import is one step that can be undone. */
export function ImportPane({ onClose }: { onClose: () => void }) {
  const host = useHost();
  const { deed } = useDeed();
  const pane = useEntered<HTMLElement>();
  const [file, setFile] = useState("");
  const [found, setFound] = useState<ServiceImport | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const look = () => {
    setRefusal(null);
    host.importServices(file, true).then(setFound, (error: unknown) => {
      setFound(null);
      setRefusal(messageOf(error));
    });
  };
  const take = async () => {
    const text = `${counted(found?.changes.length ?? 0, "change")} taken over`;
    if (
      await deed(
        () => host.importServices(file, false),
        text,
        () => host.undoServices(),
      )
    )
      onClose();
  };
  return (
    <aside ref={pane} aria-label="Import a catalogue" className="flex min-h-0 flex-col border-l border-line bg-surface">
      <header className="flex flex-none items-center border-b border-line px-4 py-3">
        <h2 className="text-lg font-semibold">Import a catalogue</h2>
        <button type="button" title="Close" onClick={onClose} className="ml-auto rounded-key">
          <KeyHint command="level.up" />
        </button>
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        <form
          className="flex flex-col gap-2.5 px-4 py-3"
          onSubmit={(event) => {
            event.preventDefault();
            look();
          }}
        >
          <TextField
            label="File"
            code
            value={file}
            placeholder="catalog-info.yaml"
            onChange={(text) => {
              setFile(text);
              setFound(null);
            }}
            help="Backstage's catalog-info.yaml or CSV; a path from the workspace's folder on"
          />
          <div>
            <Button type="submit" primary={found === null} disabled={file.trim() === ""}>
              See what would change
            </Button>
          </div>
          {refusal !== null && <Refusal text={refusal} />}
        </form>
        {found && <Preview found={found} />}
      </div>
      {found && found.changes.length > 0 && (
        <footer className="flex-none border-t border-line px-4 py-3">
          <Button primary large onClick={() => void take()}>
            Take over {counted(found.changes.length, "change")}
          </Button>
        </footer>
      )}
    </aside>
  );
}

function Preview({ found }: { found: ServiceImport }) {
  const clause = `${counted(found.services, "service")}, ${found.unchanged} the same already`;
  return (
    <Section
      title={found.changes.length === 0 ? "Nothing changes" : counted(found.changes.length, "change")}
      clause={clause}
    >
      <ul className="quotable text-sm">
        {found.changes.map((change) => (
          <li key={`${change.service} ${change.what} ${change.after}`} className="min-h-6 wrap-anywhere">
            <Upstream text={change.service} /> {change.what}:{" "}
            <span className="text-muted">
              <Upstream text={change.before ?? "not said"} /> → <Upstream text={change.after ?? "not said"} />
            </span>
          </li>
        ))}
        {found.warnings.map((warning) => (
          <li key={warning.message} className="min-h-6 wrap-anywhere text-muted">
            <Upstream text={warning.message} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
