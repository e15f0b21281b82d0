import { late } from "../late";
import { Section } from "../Section";
import { textScale } from "../scale";
import type { TimeSeriesProps } from "./TimeSeries";

const Loaded = late(async () => (await import("./TimeSeries")).TimeSeries);

/** `TimeSeries`, with its plotting code loaded when the first one is shown; its room is kept meanwhile. */
export function TimeSeries(props: TimeSeriesProps) {
  return (
    <Loaded
      {...props}
      meanwhile={
        <Section title={props.title} clause={props.clause}>
          <div aria-hidden="true" style={{ height: ((props.height ?? 220) + 18) * textScale() }} />
        </Section>
      }
    />
  );
}
