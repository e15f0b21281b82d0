import { RefreshCw } from "lucide-react";
import { KeyHint } from "../components/KeyHint";
import { StatusShape } from "../components/StatusMark";
import { Upstream } from "../components/Upstream";
import { runCommand } from "../commands/keyboard";
import { stamp } from "../format/instant";
import { wordsOf } from "../format/name";
import { count } from "../format/number";
import type { Frame, SourceFreshness } from "../host/bindings";
import type { SourceProgress, SyncState } from "../host/progress";

interface StatusBarProps {
  frame: Frame | undefined;
  asOf: string | undefined;
  sources: SourceFreshness[] | undefined;
  progress: SyncState;
}

/** What the synchronisation does, source by source, and how many sources answered. */
export function StatusBar({ frame, asOf, sources, progress }: StatusBarProps) {
  const answered = sources?.filter((source) => source.state === "ok" || source.state === "partial").length;
  const failed = progress.sources.filter((source) => source.state === "failed");
  const active = progress.running ? progress.sources.filter((source) => source.state === "reading") : [];
  return (
    <footer className="col-span-2 flex min-w-0 items-center gap-4 overflow-hidden border-t border-line bg-surface px-3 text-xs whitespace-nowrap text-muted tabular-nums">
      <div role="status" aria-label="Synchronisation" className="flex min-w-0 items-center gap-4">
        {active.map((source) => (
          <Reading key={source.name} source={source} />
        ))}
        {failed.map((source) => (
          <span key={source.name} className="flex min-w-0 items-center gap-1.5">
            <StatusShape status="unknown" />
            <span className="cut">
              <Upstream text={source.message ?? `${source.name} failed`} />
            </span>
          </span>
        ))}
        {progress.error && (
          <span className="flex min-w-0 items-center gap-1.5">
            <StatusShape status="unknown" />
            <span className="cut">
              <Upstream text={progress.error} />
            </span>
          </span>
        )}
        {progress.running && active.length === 0 && <span>Syncing…</span>}
      </div>
      <div className="ml-auto flex items-center gap-4">
        {frame?.demo && asOf && <span className="@max-[60rem]:hidden">Demo clock {stamp(asOf, frame.timezone)}</span>}
        {sources && (
          <span>
            {answered} of {sources.length} sources answered
          </span>
        )}
        {progress.running ? (
          <BarButton label="stop" onClick={() => runCommand("sync.cancel")} hint="sync.cancel" />
        ) : (
          <BarButton label="sync" onClick={() => runCommand("sync.start")} hint="sync.start" />
        )}
      </div>
    </footer>
  );
}

function Reading({ source }: { source: SourceProgress }) {
  const share = source.total ? Math.min(source.done / source.total, 1) : null;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <RefreshCw size={12} strokeWidth={1.75} aria-hidden="true" />
      <span className="cut">
        <Upstream text={source.name} /> {source.stream && wordsOf(source.stream).toLowerCase()}
      </span>
      <span>{source.total ? `${count(source.done)}/~${count(source.total)}` : count(source.done)}</span>
      {share !== null && (
        <svg viewBox="0 0 56 4" width="56" height="4" aria-hidden="true" className="rounded-full">
          <rect width="56" height="4" className="fill-line" />
          <rect width={56 * share} height="4" className="fill-muted" />
        </svg>
      )}
    </span>
  );
}

function BarButton({
  label,
  hint,
  onClick,
}: {
  label: string;
  hint: "sync.start" | "sync.cancel";
  onClick: () => void;
}) {
  return (
    <button type="button" onClick={onClick} className="flex items-center gap-1 rounded-key hover:text-fg">
      <KeyHint command={hint} /> {label}
    </button>
  );
}
