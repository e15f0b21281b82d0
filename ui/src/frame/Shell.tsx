import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useCommand, useKeyboard } from "../commands/keyboard";
import { Toasts } from "../components/overlay/Toasts";
import { useFrame } from "../host/frame";
import { usePosture } from "../host/posture";
import { useSync } from "../host/sync";
import { nextTheme } from "../theme/theme";
import { HelpSheet } from "./HelpSheet";
import { PAGES } from "./pages";
import { Rail } from "./Rail";
import { StatusBar } from "./StatusBar";
import { TopBar } from "./TopBar";

/** What stands around every page. */
export function Shell() {
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const frame = useFrame().data;
  const posture = usePosture().data;
  const sync = useSync();
  const asOf = posture?.as_of;
  useKeyboard();
  useCommand("go.posture", () => void navigate({ to: "/posture" }));
  useCommand("go.sources", () => void navigate({ to: "/sources" }));
  useCommand("theme.next", nextTheme);
  useCommand("help.open", () => setHelp(true));
  useCommand("sync.start", sync.start, !sync.progress.running);
  useCommand("sync.cancel", sync.cancel, sync.progress.running);
  return (
    <div className="grid h-full grid-cols-[176px_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_24px]">
      <Rail frame={frame} asOf={asOf} />
      <div className="grid min-h-0 min-w-0 grid-rows-[44px_minmax(0,1fr)]">
        <TopBar page={PAGES.find((page) => page.path === path)} frame={frame} asOf={asOf} />
        <Outlet />
      </div>
      <StatusBar frame={frame} asOf={asOf} sources={posture?.sources} progress={sync.progress} />
      <HelpSheet open={help} onOpenChange={setHelp} />
      <Toasts />
    </div>
  );
}
