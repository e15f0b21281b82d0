import type { ReactNode } from "react";
import { type Status, StatusShape } from "./StatusMark";

interface EmptyStateProps {
  status: Status;
  /** The reason, as a sentence. */
  title: string;
  children: ReactNode;
}

/** Says what will be here, why it is not yet, and what to do. */
export function EmptyState({ status, title, children }: EmptyStateProps) {
  return (
    <div className="mx-auto my-16 w-[35rem] max-w-full px-4">
      <h2 className="flex items-center gap-2.5 text-xl font-semibold">
        <StatusShape status={status} />
        {title}
      </h2>
      <div className="mt-2 flex flex-col gap-1.5 text-muted">{children}</div>
    </div>
  );
}
