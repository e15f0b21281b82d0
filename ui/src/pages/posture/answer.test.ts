import { describe, expect, it } from "vitest";
import { fullPosture, quiet } from "../../host/fixtures/posture-answers";
import type { SourceFreshness } from "../../host/bindings";
import { answerOf, awake, countsOf, seenInPart } from "./answer";

const quietWith = (change: Partial<SourceFreshness>) => {
  const posture = quiet();
  return { ...posture, sources: posture.sources.map((source, at) => (at === 0 ? { ...source, ...change } : source)) };
};

describe("a source that was read in part", () => {
  it("forbids the all-clear when what needs the lead at once is judged by it", () => {
    const answer = answerOf(quietWith({ state: "partial", hides_now: true }));
    expect(answer.sentence).toBe("Cannot say that nothing needs you: 1 source not seen");
  });

  it("is listed beside the all-clear otherwise", () => {
    const posture = quietWith({ state: "partial" });
    expect(answerOf(posture).sentence).toBe("Nothing needs you");
    expect(seenInPart(posture).map((source) => source.name)).toEqual([posture.sources[0]?.name]);
  });
});

it("counts each of the things that one row stands for", () => {
  const posture = fullPosture();
  const [first, ...others] = posture.attention;
  if (!first) throw new Error("the answer has rows");
  const folded = { ...posture, attention: [{ ...first, folded: ["a", "b"] }, ...others] };
  const before = countsOf(awake(posture))[0]?.count ?? 0;
  expect(countsOf(awake(folded))[0]?.count).toBe(before + 2);
  expect(answerOf(folded).sentence).toBe(`${awake(posture).length + 2} things need you`);
});
