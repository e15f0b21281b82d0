import { late } from "../../components/late";
import { Section } from "../../components/Section";
import { Skeleton } from "../../components/Skeleton";

const Dock = late(async () => (await import("./RotaDock")).RotaDock);

/** The rota under the list: its lanes are loaded after it, and their room is kept meanwhile. */
export function RotaFrame({ now, zone }: { now: string; zone: string }) {
  return (
    <Foot>
      <Dock
        now={now}
        zone={zone}
        meanwhile={
          <Section title="Rota, next 14 days">
            <RotaBars />
          </Section>
        }
      />
    </Foot>
  );
}

/** The rota while the page itself is on the way. */
export function RotaSkeleton() {
  return (
    <Foot>
      <div className="px-4 py-3">
        <Skeleton className="mt-1 mb-3 h-3 w-32" />
        <RotaBars />
      </div>
    </Foot>
  );
}

/** At the foot of the list, whatever its length. */
function Foot({ children }: { children: React.ReactNode }) {
  return <div className="mt-auto flex-none border-t border-line">{children}</div>;
}

/** Lanes before they are known. */
export function RotaBars() {
  return (
    <div aria-hidden="true" className="late flex flex-col gap-1 pt-5 pb-6.5">
      {["w-full", "w-11/12", "w-full"].map((width, index) => (
        // Bars without identity.
        // oxlint-disable-next-line react/no-array-index-key
        <Skeleton key={index} className={`h-[1.375rem] wide:h-7 ${width}`} />
      ))}
    </div>
  );
}
