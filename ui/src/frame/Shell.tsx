import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useCommand, useKeyboard } from "../commands/keyboard";
import { Toasts } from "../components/overlay/Toasts";
import { useFrame } from "../host/frame";
import { usePosture } from "../host/posture";
import { useSync } from "../host/sync";
import { useDemoCommands } from "../pages/start/demo";
import { nextTheme } from "../theme/theme";
import { HelpSheet } from "./HelpSheet";
import { GoTo } from "./GoTo";
import { PAGES } from "./pages";
import { togglePresenting } from "./presenter";
import { Rail } from "./Rail";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";
import { useZoomCommands } from "./zoom";

const loadPalette = async () => ({ default: (await import("./AppPalette")).AppPalette });
const AppPalette = lazy(loadPalette);
/** When the palette is fetched, in ms after the start: what is typed after Ctrl K would else be taken as keys of the page. */
const PALETTE_AFTER = 1_500;

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
  useEffect(() => {
    const soon = setTimeout(() => void loadPalette(), PALETTE_AFTER);
    return () => clearTimeout(soon);
  }, []);
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
      {finding && (
        <Suspense>
          <AppPalette onClose={() => setFinding(false)} />
        </Suspense>
      )}
      <HelpSheet open={help} here={path.slice(1)} onOpenChange={setHelp} />
      {PAGES.map((page) => (
        <GoTo key={page.path} page={page} />
      ))}
      <Toasts />
    </div>
  );
}
