import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useHost } from "../../host/context";
import { messageOf } from "../../host/error";
import type { About } from "./StartForm";

/** How a workspace begins. */
export type Way = "demo" | "connect" | "empty";

/** Beginning, and what came of it. */
export interface Start {
  /** What is being done, in words. */
  busy: string | null;
  refusal: string | null;
  demo: () => void;
  begin: (about: About, way: "connect" | "empty") => void;
}

/** The ways to begin. Whatever was shown before belongs to nothing any more, and is read again. */
export function useStart(): Start {
  const host = useHost();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const attempt = (words: string, work: () => Promise<unknown>, then: () => Promise<void>) => {
    setBusy(words);
    setRefusal(null);
    work()
      .then(then)
      .then(() => client.invalidateQueries())
      .catch((error: unknown) => setRefusal(messageOf(error)))
      .finally(() => setBusy(null));
  };
  return {
    busy,
    refusal,
    demo: () =>
      attempt(
        "Loading 120 days of the demo team…",
        () => host.startDemo(),
        () => navigate({ to: "/posture" }),
      ),
    begin: (about, way) =>
      attempt(
        "Making the workspace…",
        () => host.startEmpty(about.name, about.timezone.trim() || null, about.me.trim() || null),
        () =>
          way === "connect" ? navigate({ to: "/sources", search: { pane: "add" } }) : navigate({ to: "/posture" }),
      ),
  };
}
