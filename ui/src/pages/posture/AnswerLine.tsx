import { KeyHint } from "../../components/KeyHint";
import { StatusMark, StatusShape } from "../../components/StatusMark";
import type { Posture } from "../../host/bindings";
import { answerOf, asideOf, awake, countsOf, thingsIn } from "./answer";

/** The answer as a sentence, its rows counted by shape. */
export function AnswerLine({ posture }: { posture: Posture }) {
  const rows = awake(posture);
  const answer = answerOf(posture);
  const snoozed = thingsIn(asideOf(posture));
  return (
    <div className="flex h-14 flex-none items-center gap-3 px-4 whitespace-nowrap">
      <h2 className="flex items-center gap-2 text-xl font-semibold tracking-tight tabular-nums">
        {answer.status && <StatusShape status={answer.status} />}
        {answer.sentence}
      </h2>
      <p className="flex items-center gap-3 pt-0.5 tabular-nums">
        {countsOf(rows).map((part) => (
          <StatusMark key={part.word} status={part.status} word={`${part.count} ${part.word.toLowerCase()}`} />
        ))}
        {snoozed > 0 && <span className="text-sm text-muted">{snoozed} set aside</span>}
      </p>
      {rows.length > 0 && (
        <p className="ml-auto hidden items-center gap-1.5 text-sm text-subtle wide:flex">
          <KeyHint command="row.next" />
          <KeyHint command="row.previous" /> move <KeyHint command="row.peek" /> why <KeyHint command="row.act" /> act{" "}
          <KeyHint command="row.snooze" /> set aside
        </p>
      )}
    </div>
  );
}
