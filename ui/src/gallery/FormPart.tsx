import { useState } from "react";
import { Button } from "../components/Button";
import { Section } from "../components/Section";
import { Pane, PaneHead, Split } from "../components/layout/Pane";
import { CheckList } from "../components/fields/CheckList";
import { DateTimeField } from "../components/fields/DateTimeField";
import { DurationField } from "../components/fields/DurationField";
import { SecretField, type SecretPlace } from "../components/fields/SecretField";
import { SelectField } from "../components/fields/SelectField";
import { SwitchField } from "../components/fields/SwitchField";
import { TextField } from "../components/fields/TextField";

const NOW = "2026-11-16T07:00:00Z";

/** Fields in a list and in a narrow pane: plain, with help, wrong, and out of reach. */
export function FormPart() {
  return (
    <Split
      width={376}
      beside={
        <Pane label="Add a source" surface>
          <Section title="Add a source" clause="fields as the connector declares them">
            <Fields />
          </Section>
        </Pane>
      }
    >
      <PaneHead answer="Fields" />
      <Section title="Refused and out of reach">
        <div className="flex max-w-[520px] flex-col gap-2.5">
          <TextField
            label="Address"
            value="http//am-b:9093"
            onChange={() => undefined}
            code
            error="Not an address: begin with http:// or https://"
          />
          <TextField
            label="Name"
            value="am-b"
            onChange={() => undefined}
            disabled
            help="A source's name is its identity: rename it with a command"
          />
          <DurationField
            label="Interval"
            value={300}
            onChange={() => undefined}
            help="Read this often while the window is open"
          />
          <DurationField
            label="Silence for"
            value={null}
            onChange={() => undefined}
            error="Say how long: at most 7 d"
          />
          <DateTimeField
            label="Until"
            value="2026-11-17T08:00:00Z"
            onChange={() => undefined}
            zone="Asia/Tokyo"
            now={NOW}
          />
          <TextField
            label="Query"
            value={'sum(rate(http_requests_total{job="orders"}[5m]))'}
            onChange={() => undefined}
            code
            lines={3}
          />
        </div>
      </Section>
    </Split>
  );
}

function Fields() {
  const [kind, setKind] = useState<string | null>("alertmanager");
  const [name, setName] = useState("am-c");
  const [secret, setSecret] = useState<SecretPlace>({ place: "keychain", name: "am-c" });
  const [from, setFrom] = useState<string | null>("2026-07-19T00:00:00Z");
  const [every, setEvery] = useState<number | null>(60);
  const [on, setOn] = useState(true);
  const [streams, setStreams] = useState(["alerts", "silences"]);
  return (
    <div className="flex flex-col gap-2.5">
      <SelectField
        label="Kind"
        options={[
          { id: "alertmanager", word: "Alertmanager", clause: "alerts, silences" },
          { id: "pagerduty", word: "PagerDuty", clause: "shifts, incidents" },
          { id: "prometheus", word: "Prometheus", clause: "SLOs" },
        ]}
        value={kind}
        onChange={setKind}
        help="Reads only, never writes upstream."
      />
      <TextField label="Name" value={name} onChange={setName} unit={`${name.length}/40`} />
      <SecretField label="Password" value={secret} onChange={setSecret} help="Read at each sync, never shown." />
      <DateTimeField label="Read from" value={from} onChange={setFrom} zone="Europe/Lisbon" now={NOW} />
      <DurationField label="Interval" value={every} onChange={setEvery} />
      <SwitchField label="In use" value={on} onChange={setOn} clause="read at each sync" />
      <CheckList
        label="Streams"
        options={[
          { id: "alerts", word: "Alerts", clause: "1 min, as they are" },
          { id: "silences", word: "Silences", clause: "1 min, as they are" },
          { id: "inhibited", word: "Inhibited", clause: "5 min" },
        ]}
        chosen={streams}
        onChange={setStreams}
      />
      <div className="mt-1 flex gap-2">
        <Button primary large>
          Add and read 120 d
        </Button>
        <Button large>Check again</Button>
      </div>
    </div>
  );
}
