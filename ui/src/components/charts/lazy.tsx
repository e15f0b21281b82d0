import { Suspense, lazy } from "react";
import { Section } from "../Section";
import { textScale } from "../scale";
import type { TimeSeriesProps } from "./TimeSeries";

const Loaded = lazy(() => import("./TimeSeries").then(({ TimeSeries: component }) => ({ default: component })));

/** `TimeSeries`, with its plotting code loaded when the first one is shown; its room is kept meanwhile. */
export function TimeSeries(props: TimeSeriesProps) {
  return (
    <Suspense
      fallback={
        <Section title={props.title} clause={props.clause}>
          <div aria-hidden="true" style={{ height: ((props.height ?? 220) + 18) * textScale() }} />
        </Section>
      }
    >
      <Loaded {...props} />
    </Suspense>
  );
}
