import { Button } from "../../../components/Button";
import { EmptyState } from "../../../components/EmptyState";
import { KeyHint } from "../../../components/KeyHint";
import { PaneHead, Split } from "../../../components/layout/Pane";
import { runCommand } from "../../../commands/keyboard";
import { ViewSwitch } from "../ViewSwitch";
import type { Place } from "../place";

/** In place of the people while others look at the screen. Nothing of them is asked for. */
export function PeopleHidden({ place }: { place: Place }) {
  return (
    <Split>
      <PaneHead answer="People" end={<ViewSwitch place={place} />} />
      <EmptyState status="info" title="People are hidden while you present">
        <p>Here stands who is who, with addresses, zones and hours. It comes back when the presentation ends.</p>
        <p>
          <Button onClick={() => runCommand("presenter.toggle")}>
            End the presentation <KeyHint command="presenter.toggle" />
          </Button>
        </p>
      </EmptyState>
    </Split>
  );
}
