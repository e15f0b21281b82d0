import { useState } from "react";
import { Button } from "../../../components/Button";
import { Section } from "../../../components/Section";
import { Upstream } from "../../../components/Upstream";
import { SelectField } from "../../../components/fields/SelectField";
import { TextField } from "../../../components/fields/TextField";
import { Pane } from "../../../components/layout/Pane";
import type { ServiceEntry } from "../../../host/bindings";
import { useHost } from "../../../host/context";
import { useDeed } from "../deeds";
import { placeOf } from "./ServicesView";

const TIERS = [
  { id: "unsaid", word: "Not said" },
  { id: "1", word: "1", clause: "most important" },
  { id: "2", word: "2" },
  { id: "3", word: "3" },
  { id: "4", word: "4" },
];

/** One service: which of ours it is, its tier and its owner. */
export function ServicePane({ service, all }: { service: ServiceEntry; all: readonly ServiceEntry[] }) {
  const host = useHost();
  const { deed } = useDeed();
  const [name, setName] = useState(service.service ?? service.name);
  const [tier, setTier] = useState(service.tier === null ? "unsaid" : String(service.tier));
  const [team, setTeam] = useState(service.team ?? "");
  const fixed = service.by === "configuration";
  const aliases = all.filter((other) => other !== service && other.service !== null && other.service === name);
  const map = () =>
    void deed(
      () => host.mapService(placeOf(service), name, tier === "unsaid" ? null : Number(tier), team.trim() || null),
      `${placeOf(service)} is ${name}`,
      () => host.undoServices(),
    );
  return (
    <Pane label="Service" surface>
      <header className="border-b border-line px-4 py-3">
        <h2 className="text-xl font-semibold wrap-anywhere">
          <Upstream text={service.name} />
        </h2>
        <p className="quotable font-mono text-sm text-subtle">
          <Upstream text={placeOf(service)} />
        </p>
      </header>
      <Section
        title="Our service"
        clause={fixed ? "said by fairlead.toml, which goes before" : "said here, and can be taken back"}
      >
        <div className="flex flex-col gap-2.5">
          <TextField label="Name" value={name} onChange={setName} disabled={fixed} />
          <SelectField
            label="Tier"
            options={TIERS}
            value={tier}
            onChange={setTier}
            disabled={fixed && service.tier !== null}
          />
          <TextField
            label="Owner"
            value={team}
            onChange={setTeam}
            placeholder="a team"
            disabled={fixed && service.team !== null}
          />
          <div>
            <Button primary disabled={name.trim() === ""} onClick={map}>
              {service.mapped ? "Change" : "Map"}
            </Button>
          </div>
        </div>
      </Section>
      <Section title="Also called" clause="the same service elsewhere">
        <ul className="quotable text-sm">
          {aliases.map((other) => (
            <li key={placeOf(other)} className="h-6 font-mono text-muted">
              <Upstream text={placeOf(other)} />
            </li>
          ))}
          {aliases.length === 0 && <li className="text-muted">Nowhere else.</li>}
        </ul>
      </Section>
    </Pane>
  );
}
