import type { Lanes } from "../../host/bindings";

/** The rota as others may see it on a shared screen: who is on call, but nobody's hours and nobody's leave. */
export function withoutLoad(answer: Lanes): Lanes {
  return {
    ...answer,
    people: answer.people.map((person) => ({ ...person, load: null })),
    blocks: answer.blocks.map((block) => ({ ...block, on_leave: false })),
    leaves: [],
    leave_unknown: "hidden while you present",
  };
}
