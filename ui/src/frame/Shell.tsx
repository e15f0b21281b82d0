import { Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useCommand, useKeyboard } from "../commands/keyboard";
import { late } from "../components/late";
import { onNotice } from "../components/overlay/notices";
import { useFrame } from "../host/frame";
import { usePosture } from "../host/posture";
import { useSync } from "../host/sync";
import { useDemoCommands } from "../pages/start/demo";
import { nextTheme } from "../theme/theme";
import { GoTo } from "./GoTo";
import { PAGES } from "./pages";
import { togglePresenting } from "./presenter";
import { Rail } from "./Rail";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";
import { useZoomCommands } from "./zoom";

const AppPalette = late(async () => (await import("./AppPalette")).AppPalette);
const HelpSheet = late(async () => (await import("./HelpSheet")).HelpSheet);
const Toasts = late(async () => (await import("../components/overlay/Toasts")).Toasts);
/**
 * When the palette and the region for notices are fetched, in ms after the start, which does not wait for them. What is
 * typed after Ctrl K would else be taken as keys of the page, and readers of the screen would miss the first notice.
 */
const LATER = 500;

/** What stands around every page. */
export function Shell() {
  const [help, setHelp] = useState(false);
  const [finding, setFinding] = useState(false);
  const path = useLocation({ select: (location) => location.pathname });
  const frame = useFrame().data;
  const posture = usePosture().data;
  const sync = useSync();
  const asOf = posture?.as_of;
  useKeyboard();
  useDemoCommands();
  useZoomCommands();
  const settled = useLater();
  useCommand("theme.next", nextTheme);
  useCommand("help.open", () => setHelp(true));
  useCommand("palette.open", () => setFinding(true));
  useCommand("presenter.toggle", togglePresenting);
  useCommand("sync.start", sync.start, !sync.progress.running);
  useCommand("sync.cancel", sync.cancel, sync.progress.running);
  return (
    <div className="grid h-full grid-cols-[11rem_minmax(0,1fr)] @max-[60rem]:grid-cols-[3rem_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_1.5rem]">
      <Rail frame={frame} asOf={asOf} />
      <div className="grid min-h-0 min-w-0 grid-rows-[2.75rem_minmax(0,1fr)]">
        <TopBar page={PAGES.find((page) => page.path === path)} frame={frame} asOf={asOf} />
        <Outlet />
      </div>
      <StatusBar frame={frame} asOf={asOf} sources={posture?.sources} progress={sync.progress} />
      {finding && <AppPalette onClose={() => setFinding(false)} />}
      {help && <HelpSheet here={path.slice(1)} onClose={() => setHelp(false)} />}
      {PAGES.map((page) => (
        <GoTo key={page.path} page={page} />
      ))}
      {settled && <Toasts />}
    </div>
  );
}

/** Whether the start is over: after a while, or as soon as there is something to say. */
function useLater(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const settle = () => setSettled(true);
    const soon = setTimeout(() => {
      void AppPalette.load();
      settle();
    }, LATER);
    const stop = onNotice(settle);
    return () => {
      clearTimeout(soon);
      stop();
    };
  }, []);
  return settled;
}
