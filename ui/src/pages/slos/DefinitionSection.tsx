import { Chip } from "../../components/Chip";
import { Section } from "../../components/Section";
import { Upstream } from "../../components/Upstream";
import { FactList } from "../../components/layout/FactList";
import { stamp } from "../../format/instant";
import type { SloPage, Version } from "../../host/bindings";
import { methodSentence, objectiveText, windowText } from "./words";

/** What the SLO is: its definition, and those that held before. */
export function DefinitionSection({ page, zone }: { page: SloPage; zone: string }) {
  const { versions } = page;
  const [current, ...older] = versions;
  return (
    <Section
      title="Definition"
      clause={versions.length > 1 ? `version ${current?.number}, ${older.length} before it` : "one version is known"}
    >
      {current && <Held version={current} page={page} zone={zone} current />}
      {older.map((version) => (
        <div key={version.number} className="mt-3 border-t border-line pt-3 text-muted">
          <Held version={version} page={page} zone={zone} />
        </div>
      ))}
      <p className="mt-3 font-mono text-sm wrap-anywhere text-muted">
        <Upstream text={page.line.id} />
      </p>
    </Section>
  );
}

interface HeldProps {
  version: Version;
  page: SloPage;
  zone: string;
  current?: boolean;
}

function Held({ version, page, zone, current = false }: HeldProps) {
  const { definition } = version;
  return (
    <div className="quotable">
      <p className="mb-1.5 flex items-center gap-2 text-sm">
        <Chip>v{version.number}</Chip>
        <Chip>
          <Upstream text={definition.origin} />
        </Chip>
        <span className="text-muted">{heldText(version, zone)}</span>
      </p>
      {definition.description !== null && (
        <p className="mb-1.5 wrap-anywhere">
          <Upstream text={definition.description} />
        </p>
      )}
      <FactList
        facts={[
          { name: "Objective", value: objectiveText(definition.objective) },
          ...(current ? [{ name: "Window", value: windowText(page.line.window) }] : []),
          { name: "Method", value: methodSentence(definition.method) },
          { name: "Good", value: <Expression text={definition.good} /> },
          { name: "All", value: <Expression text={definition.total} /> },
        ]}
      />
    </div>
  );
}

/** Before the first reading nothing is known: the first version stands for that time too. */
function heldText({ number, definition }: Version, zone: string): string {
  const to = definition.valid_to === null ? "in force" : `until ${stamp(definition.valid_to, zone)}`;
  return number === 1 ? `since before it was first read, ${to}` : `from ${stamp(definition.valid_from, zone)}, ${to}`;
}

function Expression({ text }: { text: string | null }) {
  if (text === null) return <span className="text-muted">not known</span>;
  return (
    <code className="font-mono text-sm wrap-anywhere">
      <Upstream text={text} />
    </code>
  );
}
