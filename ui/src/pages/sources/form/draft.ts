import { useState } from "react";
import type { KindForm, ScopeChoice, SourceCheck, SourceDraft } from "../../../host/bindings";
import { useHost } from "../../../host/context";
import { messageOf } from "../../../host/error";
import { useDeed } from "../deeds";
import { withoutBlanks } from "./values";

/** A source while it is filled in. */
export interface DraftForm {
  draft: SourceDraft;
  /** The draft as it is asked about and kept. */
  entered: SourceDraft;
  of: string | null;
  change: (draft: SourceDraft) => void;
  /** What is chosen of it. */
  scope: ScopeChoice | null;
  /** Narrows what is read. */
  narrow: (scope: ScopeChoice | null) => void;
  /** Another kind: what was entered for the last one goes. */
  choose: (kind: string) => void;
  /** What the check found of the draft as it stands. */
  found: SourceCheck | null;
  passed: boolean;
  /** What is wrong with the configuration, a line for each. */
  refusal: string | null;
  /** What is being done, in words. */
  busy: string | null;
  /** What the primary button does. */
  verb: string;
  submit: () => void;
  check: () => void;
  save: () => void;
}

/** Whether everything that was tried works. */
export const hasPassed = (found: SourceCheck) => found.error === null && found.checks.every((line) => line.ok);

/** Filling in, trying and keeping a source. A change after a check asks for another. */
export function useDraft(kinds: KindForm[], settings: SourceDraft | null, onDone: (name: string) => void): DraftForm {
  const host = useHost();
  const { edit } = useDeed();
  const first = kinds.find((kind) => kind.offered)?.name ?? "";
  const [draft, setDraft] = useState<SourceDraft>(settings ?? { name: first, kind: first, settings: [] });
  const [scope, setScope] = useState<ScopeChoice | null>(null);
  const [found, setFound] = useState<SourceCheck | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const of = settings?.name ?? null;
  const passed = found !== null && hasPassed(found);
  const entered = { ...draft, settings: withoutBlanks(draft.settings) };

  const change = (next: SourceDraft) => {
    setDraft(next);
    setScope(null);
    setFound(null);
    setRefusal(null);
  };
  const check = () => {
    setBusy("Asking the source…");
    setRefusal(null);
    host
      .checkSource(entered, of)
      .then(setFound, (error: unknown) => setRefusal(messageOf(error)))
      .finally(() => setBusy(null));
  };
  const keep = async () => {
    setRefusal(null);
    try {
      // What is refused is told in the form, not in passing.
      await host.saveSource(entered, of, scope);
    } catch (error) {
      setRefusal(messageOf(error));
      return;
    }
    await edit(
      () => host.syncSource(draft.name),
      of === null ? `${draft.name} added, reading it` : `${draft.name} changed`,
    );
    onDone(draft.name);
  };
  const save = () => {
    setBusy("Keeping it…");
    void keep().finally(() => setBusy(null));
  };
  return {
    draft,
    entered,
    of,
    change,
    scope,
    narrow: setScope,
    choose: (kind) => {
      const untouched = kinds.some((other) => other.name === draft.name);
      change({ name: untouched ? kind : draft.name, kind, settings: [] });
    },
    found,
    passed,
    refusal,
    busy,
    verb: passed ? (of === null ? "Add and read" : "Keep and read") : "Check",
    submit: passed ? save : check,
    check,
    save,
  };
}
