import { Button } from "../../components/Button";
import { KeyHint } from "../../components/KeyHint";
import { Upstream } from "../../components/Upstream";
import type { Attention } from "../../host/bindings";

interface ActionButtonProps {
  row: Attention;
  primary: boolean;
  onAct: () => void;
}

/** The one thing to do about a row. */
export function ActionButton({ row, primary, onAct }: ActionButtonProps) {
  return (
    <Button primary={primary} onClick={onAct} className="max-w-full" title={row.action.verb}>
      <span className="cut">
        <Upstream text={row.action.verb} />
      </span>
      {primary && <KeyHint command="row.act" onAccent />}
    </Button>
  );
}
