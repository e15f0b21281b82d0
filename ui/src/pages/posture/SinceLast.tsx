import { useNavigate } from "@tanstack/react-router";
import { clsx } from "clsx";
import { useState } from "react";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import { instant } from "../../format/instant";
import { PAGES } from "../../frame/pages";
import type { ChangeLine, Posture } from "../../host/bindings";

/** What changed since the lead last looked: one line each, which opens its rows, or the page where they are. */
export function SinceLast({ posture, zone }: { posture: Posture; zone: string }) {
  const { since, lines } = posture.since_last;
  return (
    <section
      aria-label="Since you last looked"
      className="flex flex-none gap-3 border-t border-line px-4 py-1.5 text-sm"
    >
      <h3 className="w-[4.625rem] flex-none py-0.5 text-muted tabular-nums wide:w-[5.75rem]">
        Since <span className="text-xs whitespace-nowrap wide:text-sm">{instant(since, posture.as_of, zone)}</span>
      </h3>
      {lines.length === 0 ? (
        <p className="self-center text-muted">Nothing changed.</p>
      ) : (
        <ul className="flex min-w-0 grow flex-wrap content-center gap-x-5 wide:grid wide:auto-rows-min wide:grid-cols-2 wide:gap-x-6">
          {lines.map((line) => (
            <Line key={`${line.kind}/${line.text}`} line={line} />
          ))}
        </ul>
      )}
      {lines.length > 0 && (
        <p className="hidden flex-none items-start gap-1.5 py-0.5 text-subtle wide:flex">
          <KeyHint command="seen.mark" /> seen <KeyHint command="posture.copy" /> copy
        </p>
      )}
    </section>
  );
}

function Line({ line }: { line: ChangeLine }) {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const page = PAGES.find((candidate) => candidate.path !== "/posture" && candidate.path === line.link?.split("?")[0]);
  const opens = line.rows.length > 0;
  const text = <Upstream text={line.text} />;
  if (!page && !opens) {
    return (
      <li className="line-clamp-2 max-w-full py-px leading-[1.125rem] wrap-anywhere tabular-nums" title={line.text}>
        {text}
      </li>
    );
  }
  const act = () => (page ? void navigate({ to: page.path }) : setOpen(!open));
  return (
    <li className={clsx("max-w-full min-w-0 tabular-nums", open && "w-full")}>
      <button
        type="button"
        title={line.text}
        {...(!page && { "aria-expanded": open })}
        onClick={act}
        className="block max-w-full rounded-key py-px text-left leading-[1.125rem] hover:underline"
      >
        <span className="line-clamp-2 wrap-anywhere">{text}</span>
      </button>
      {open && (
        <ul className="mb-1 border-l border-line-strong pl-2 text-muted">
          {line.rows.map((row, index) => (
            // The rows have no identity of their own, and never change place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={index} className={clsx("wrap-anywhere", "quotable")}>
              <Upstream text={row} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
