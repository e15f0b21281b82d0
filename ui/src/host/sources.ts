import { useQuery } from "@tanstack/react-query";
import { answer, done } from "./answer";
import {
  type Catalogue,
  commands,
  type KindForm,
  type People,
  type Removal,
  type RunKind,
  type RunLog,
  type ScopeChoice,
  type ScopeTold,
  type ServiceImport,
  type Services,
  type SourceCheck,
  type SourceDraft,
  type SourcesPage,
} from "./bindings";
import { useMoment } from "../frame/moment";
import { useHost } from "./context";
import { MINUTE_MS } from "./refresh";

/** What the Sources page asks for and does. `of` names the source that a draft changes; `null`: it is a new one. */
export interface SourcesHost {
  /** Every source as of an instant (RFC 3339); `null`: now. */
  sourcesPage(asOf: string | null): Promise<SourcesPage>;
  /** The page, or one source of it, as Markdown. */
  sourcesMarkdown(asOf: string | null, name: string | null): Promise<string>;
  /** The last runs of a source. */
  sourceRuns(asOf: string | null, name: string, kind: RunKind): Promise<RunLog>;
  /** The form of every kind. */
  sourceKinds(): Promise<KindForm[]>;
  /** What is configured of a source; secrets are references. */
  sourceSettings(name: string): Promise<SourceDraft>;
  /** Tries a draft; nothing is kept. */
  checkSource(draft: SourceDraft, of: string | null): Promise<SourceCheck>;
  /** Lists what a draft's source has; nothing is kept. */
  sourceCatalogue(draft: SourceDraft, of: string | null): Promise<Catalogue>;
  /** Tells what of a source would be read as the form was filled in; nothing is kept. */
  sourceScope(draft: SourceDraft, of: string | null, scope: ScopeChoice | null): Promise<ScopeTold>;
  /** Keeps a draft. `scope` narrows what is read of it; `null` leaves that as it is. */
  saveSource(draft: SourceDraft, of: string | null, scope: ScopeChoice | null): Promise<void>;
  /** Stops reading a source and keeps its history. */
  archiveSource(name: string): Promise<void>;
  /** What would go with a source. */
  previewRemoval(name: string): Promise<Removal>;
  /** Removes a source with every row of it. */
  removeSource(name: string): Promise<void>;
  /** Takes the last edit of the configuration back. Answers what it was. */
  undoEdit(): Promise<string | null>;
  /** Reads one source now. */
  syncSource(name: string): Promise<void>;
  /** Reads so many days of a source's past, newest first. */
  backfillSource(name: string, days: number): Promise<void>;
  /** Everyone known, the unmapped first. */
  people(asOf: string | null): Promise<People>;
  /** Says that an identity, `source:id`, is somebody: by e-mail or key. */
  mapPerson(identity: string, who: string): Promise<void>;
  /** Says that one person is another, who stays. */
  mergePeople(one: string, into: string): Promise<void>;
  /** Takes back that a person was merged, or an identity given to somebody. */
  splitPerson(one: string): Promise<void>;
  /** Says what an account is: `person`, `shared` or `bot`. */
  markPerson(who: string, kind: string): Promise<void>;
  /** Says by which zone and hours somebody lives from an instant on; `null`: from now. */
  setPersonHours(who: string, from: string | null, timezone: string | null, hours: string | null): Promise<void>;
  /** Takes the last step about people back. Answers what it was. */
  undoPeople(): Promise<string>;
  /** Every service that a source names, the unmapped first. */
  services(asOf: string | null): Promise<Services>;
  /** Says that `source:id` is our service of this name, and whose. */
  mapService(place: string, name: string, tier: number | null, team: string | null): Promise<void>;
  /** Takes the last step about services back. Answers what it was. */
  undoServices(): Promise<string>;
  /** Takes services out of a catalogue file, or says what it would change. */
  importServices(file: string, dryRun: boolean): Promise<ServiceImport>;
}

/** The page's calls to the shell. */
export const sourcesShell: SourcesHost = {
  sourcesPage: (asOf) => answer(commands.sourcesPage(asOf)),
  sourcesMarkdown: (asOf, name) => answer(commands.sourcesMarkdown(asOf, name)),
  sourceRuns: (asOf, name, kind) => answer(commands.sourceRuns(asOf, name, kind)),
  sourceKinds: () => answer(commands.sourceKinds()),
  sourceSettings: (name) => answer(commands.sourceSettings(name)),
  checkSource: (draft, of) => answer(commands.checkSource(draft, of)),
  sourceCatalogue: (draft, of) => answer(commands.sourceCatalogue(draft, of)),
  sourceScope: (draft, of, scope) => answer(commands.sourceScope(draft, of, scope)),
  saveSource: (draft, of, scope) => done(commands.saveSource(draft, of, scope)),
  archiveSource: (name) => done(commands.archiveSource(name)),
  previewRemoval: (name) => answer(commands.previewRemoval(name)),
  removeSource: (name) => done(commands.removeSource(name)),
  undoEdit: () => answer(commands.undoEdit()),
  syncSource: (name) => done(commands.syncSource(name)),
  backfillSource: (name, days) => done(commands.backfillSource(name, days)),
  people: (asOf) => answer(commands.people(asOf)),
  mapPerson: (identity, who) => done(commands.mapPerson(identity, who)),
  mergePeople: (one, into) => done(commands.mergePeople(one, into)),
  splitPerson: (one) => done(commands.splitPerson(one)),
  markPerson: (who, kind) => done(commands.markPerson(who, kind)),
  setPersonHours: (who, from, timezone, hours) => done(commands.setPersonHours(who, from, timezone, hours)),
  undoPeople: () => answer(commands.undoPeople()),
  services: (asOf) => answer(commands.services(asOf)),
  mapService: (place, name, tier, team) => done(commands.mapService(place, name, tier, team)),
  undoServices: () => answer(commands.undoServices()),
  importServices: (file, dryRun) => answer(commands.importServices(file, dryRun)),
};

/** Every source. Read again each minute, because ages grow. */
export function useSourcesPage() {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: ["page", "sources", asof],
    queryFn: () => host.sourcesPage(asof),
    refetchInterval: asof === null && MINUTE_MS,
  });
}

/** The last runs of a source. */
export function useRuns(name: string, kind: RunKind) {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({
    queryKey: ["page", "source-runs", asof, name, kind],
    queryFn: () => host.sourceRuns(asof, name, kind),
    placeholderData: (before) => (before?.source === name ? before : undefined),
  });
}

/** The form of every kind. */
export function useKinds() {
  const host = useHost();
  return useQuery({ queryKey: ["settings", "kinds"], queryFn: () => host.sourceKinds() });
}

/** What is configured of a source; `null`: a new one, of which nothing is. */
export function useSettings(name: string | null) {
  const host = useHost();
  return useQuery({
    queryKey: ["settings", "source", name],
    queryFn: () => (name === null ? null : host.sourceSettings(name)),
    // What a person has begun to change must not be read over.
    gcTime: 0,
  });
}

/** What would go with a source. */
export function useRemoval(name: string) {
  const host = useHost();
  return useQuery({ queryKey: ["page", "removal", name], queryFn: () => host.previewRemoval(name), gcTime: 0 });
}

/** Everyone known. */
export function usePeople() {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({ queryKey: ["page", "people", asof], queryFn: () => host.people(asof) });
}

/** Every service that a source names. */
export function useServices() {
  const host = useHost();
  const { asof } = useMoment();
  return useQuery({ queryKey: ["page", "services", asof], queryFn: () => host.services(asof) });
}
