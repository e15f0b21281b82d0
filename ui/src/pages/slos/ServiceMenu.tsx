import { ChevronDown } from "lucide-react";
import { Button } from "../../components/Button";
import { Menu } from "../../components/overlay/Menu";
import type { SloTableRow } from "../../host/bindings";
import { servicesOf } from "./facets";

interface ServiceMenuProps {
  rows: readonly SloTableRow[];
  /** Facets in force. */
  only: readonly string[];
  onOnly: (ids: string[]) => void;
}

/** Narrows to a service: a menu, because there may be hundreds. */
export function ServiceMenu({ rows, only, onOnly }: ServiceMenuProps) {
  const services = servicesOf(rows);
  if (services.length < 2) return null;
  const rest = only.filter((id) => !id.startsWith("service:"));
  const chosen = services.filter(({ id }) => only.includes(id));
  const word = chosen.length === 0 ? "Service" : chosen.map((service) => service.word).join(", ");
  const all = { id: "all", word: "Every service", run: () => onOnly(rest) };
  const entries = services.map(({ id, word: name, count }) => ({
    id,
    word: `${name}, ${count}`,
    run: () => onOnly([...rest, id]),
  }));
  return (
    <Menu
      trigger={
        <Button className="max-w-48" aria-label={`Service: ${chosen.length === 0 ? "every one" : word}`}>
          <span className="cut">{word}</span> <ChevronDown size={12} strokeWidth={1.75} aria-hidden="true" />
        </Button>
      }
      groups={[
        { id: "all", entries: [all] },
        { id: "services", entries },
      ]}
    />
  );
}
