import { Upstream } from "../../components/Upstream";
import { instant } from "../../format/instant";
import type { Posture } from "../../host/bindings";

/** What changed since the lead last looked, one line each. */
export function SinceLast({ posture, zone }: { posture: Posture; zone: string }) {
  const { since, lines } = posture.since_last;
  return (
    <section
      aria-label="Since you last looked"
      className="flex flex-none gap-3 border-t border-line px-4 py-1.5 text-sm"
    >
      <h3 className="w-20 flex-none py-0.5 text-muted tabular-nums">Since {instant(since, posture.as_of, zone)}</h3>
      {lines.length === 0 ? (
        <p className="self-center text-muted">Nothing changed.</p>
      ) : (
        <ul className="grid min-w-0 grow auto-rows-[20px] grid-cols-1 content-center gap-x-6 wide:grid-cols-2">
          {lines.map((line) => (
            <li key={`${line.kind}/${line.text}`} className="cut tabular-nums" title={line.text}>
              <Upstream text={line.text} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
