import { useHost } from "../../../host/context";
import { useDeed } from "../deeds";

/** What is said of people, each to be taken back. */
export function usePeopleDeeds() {
  const host = useHost();
  const { deed } = useDeed();
  const said = (work: () => Promise<unknown>, text: string) => deed(work, text, () => host.undoPeople());
  return {
    map: (identity: string, who: string, name: string) =>
      void said(() => host.mapPerson(identity, who), `${name} is ${who}`),
    merge: (one: string, into: string, text: string) => void said(() => host.mergePeople(one, into), text),
    split: (one: string, name: string) =>
      void said(() => host.splitPerson(one), `${name} is somebody of their own again`),
    mark: (who: string, kind: string, name: string) =>
      void said(() => host.markPerson(who, kind), `${name} is marked as ${kind}`),
    setHours: (who: string, from: string | null, zone: string | null, hours: string | null, name: string) =>
      said(() => host.setPersonHours(who, from, zone, hours), `Zone and hours of ${name} set`),
  };
}
