import { Button } from "../../components/Button";
import { StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import type { FolderState } from "../../host/bindings";

interface BrokenFolderProps {
  folder: Extract<FolderState, { state: "broken" }>;
  onRetry: () => void;
}

/** A workspace that cannot be opened: each fault with its place, and nothing that pretends to be known. */
export function BrokenFolder({ folder, onRetry }: BrokenFolderProps) {
  return (
    <main className="h-full overflow-y-auto">
      <div className="quotable mx-auto w-[35rem] max-w-full px-4 pt-[152px] pb-16">
        <h1 className="flex items-center gap-2.5 text-xl font-semibold">
          <StatusShape status="critical" /> The workspace cannot be opened
        </h1>
        <p className="mt-1 text-muted">
          In <Upstream text={folder.folder} />. Nothing was changed there.
        </p>
        <ul className="mt-4 flex flex-col gap-2 border-y border-line py-3">
          {folder.faults.map((fault) => (
            <li key={fault} className="wrap-anywhere">
              <Upstream text={fault} />
            </li>
          ))}
        </ul>
        <p className="mt-3 text-muted">
          {folder.code === "config"
            ? "Mend the lines that are named, then try again."
            : "Run fairleadctl doctor for more, then try again."}
        </p>
        <p className="mt-3 flex items-center gap-3">
          <Button primary large onClick={onRetry}>
            Try again
          </Button>
          <span className="font-mono text-sm text-muted">{folder.code}</span>
        </p>
      </div>
    </main>
  );
}
