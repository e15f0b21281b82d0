import { clsx } from "clsx";
import type { ReactNode } from "react";
import { StatusMark, StatusShape } from "../../components/StatusMark";
import { Upstream } from "../../components/Upstream";
import { duration } from "../../format/duration";
import { clock, instant, place, stamp } from "../../format/instant";
import { counted } from "../../format/number";
import type { Lanes, Post } from "../../host/bindings";
import { holderOf, hours, share, stateOf } from "./words";

interface FactsLineProps {
  answer: Lanes;
  zone: string;
  onGap: (gap: { schedule: string; start: string }) => void;
}

/** The answer of the page in four facts: who answers first and second, the next gap, and how thin the rota is. */
export function FactsLine({ answer, zone, onGap }: FactsLineProps) {
  const { primary, secondary } = answer.facts;
  return (
    <header className="grid flex-none grid-cols-[1.3fr_1.15fr_1fr_1fr] @max-[60rem]:grid-cols-2 border-b border-line">
      <PostFact label="Primary now" posts={primary} none="No schedule" now={answer.as_of} zone={zone} />
      <PostFact label="Secondary now" posts={secondary} none="No schedule" now={answer.as_of} zone={zone} />
      <AheadFact answer={answer} zone={zone} onGap={onGap} />
      <ShareFact answer={answer} />
    </header>
  );
}

interface FactProps {
  label: string;
  children: ReactNode;
  note: ReactNode;
  /** All of it, where the line may be cut. */
  title?: string | undefined;
}

function Fact({ label, children, note, title }: FactProps) {
  return (
    <section className="min-w-0 border-line px-4 py-2.5 not-first:border-l" title={title}>
      <p className="cut text-sm text-muted @max-[60rem]:whitespace-normal">{label}</p>
      <h2 className="mt-px flex min-w-0 items-center gap-1.5 text-lg font-semibold tabular-nums">{children}</h2>
      <p className="mt-px text-sm text-balance text-muted tabular-nums wrap-anywhere">{note}</p>
    </section>
  );
}

interface PostFactProps {
  label: string;
  posts: Post[];
  none: string;
  now: string;
  zone: string;
}

function PostFact({ label, posts, none, now, zone }: PostFactProps) {
  const [post, ...more] = posts;
  if (!post)
    return (
      <Fact label={label} note="no schedule names this role">
        <span className="cut">{none}</span>
      </Fact>
    );
  const others = more.length > 0 ? `, ${counted(more.length, "more schedule")}` : "";
  const title = posts.map((each) => `${each.schedule_name}: ${postWords(each, zone)}`).join("\n");
  return (
    <Fact label={`${label}${others}`} title={title} note={<PostNote post={post} now={now} zone={zone} />}>
      {post.state === "nobody" && <StatusShape status="critical" />}
      {(post.state === "not_read" || post.state === "undeclared") && <StatusShape status="unknown" />}
      <span className={clsx("cut", post.state === "nobody" && "text-critical-fg")}>
        {post.state === "held" ? <Upstream text={holderOf(post)} /> : stateOf(post)}
        {post.next && (
          <>
            {" → "}
            <Upstream text={holderOf(post.next)} />
            <span className="font-normal text-muted"> in {duration(secondsTo(post.next.at, now))}</span>
          </>
        )}
      </span>
    </Fact>
  );
}

const secondsTo = (at: string, now: string) => (Date.parse(at) - Date.parse(now)) / 1000;

/** The wall clocks of who holds it now, and of who takes it at the handover. */
function PostNote({ post, now, zone }: { post: Post; now: string; zone: string }) {
  const here = post.state === "held" ? local(now, post.timezone, post.withheld) : null;
  const there = post.next ? local(post.next.at, post.next.timezone, post.next.withheld) : null;
  if (here && there) return `${here} → ${there} at handover`;
  if (here) return `${here}, until ${post.until ? instant(post.until, now, zone) : "not known"}`;
  if (there) return `next ${there}`;
  return post.schedule_name;
}

function local(at: string, timezone: string | null, withheld: boolean): string {
  if (timezone) return `${place(timezone)} ${clock(at, timezone)}`;
  return withheld ? "zone not stored" : "zone not known";
}

function postWords(post: Post, zone: string): string {
  const who = post.state === "held" ? holderOf(post) : stateOf(post);
  const next = post.next ? `, then ${holderOf(post.next)} from ${stamp(post.next.at, zone)}` : "";
  return `${who}${post.until ? ` until ${stamp(post.until, zone)}` : ""}${next}`;
}

function AheadFact({ answer, zone, onGap }: FactsLineProps) {
  const { ahead } = answer.facts;
  const declared = hours(ahead.declared_hours);
  const held = `${hours(ahead.held_hours)} of ${declared} have a primary`;
  const label = `Next ${ahead.days} days`;
  const { gap } = ahead;
  if (gap) {
    const more = ahead.gaps > 1 ? `, ${ahead.gaps} gaps` : "";
    return (
      <Fact
        label={`${label}${more}`}
        note={`${instant(gap.start, answer.as_of, zone)}; ${hours(ahead.held_hours)} of ${declared} held`}
      >
        <button type="button" onClick={() => onGap(gap)} className="cut cursor-default rounded-key hover:underline">
          <span className="flex items-center gap-1.5 text-critical-fg">
            <StatusShape status="critical" />
            {hours(gap.hours)} gap
          </span>
        </button>
      </Fact>
    );
  }
  if (ahead.state === "none")
    return (
      <Fact label={label} note={held}>
        <StatusShape status="ok" /> No gap
      </Fact>
    );
  const unknown = ahead.state === "undeclared" ? "Coverage not declared" : "Not all of it read";
  const note =
    ahead.state === "undeclared" ? "so no gap can be found" : `${hours(ahead.unread_hours)} not read; ${held}`;
  return (
    <Fact label={label} note={note}>
      <StatusMark status="unknown" word={unknown} />
    </Fact>
  );
}

function ShareFact({ answer }: { answer: Lanes }) {
  const fact = answer.facts.share;
  const label = `Largest share, ${fact.days} days`;
  if (fact.largest === null)
    return (
      <Fact label={label} note={fact.unknown} title={fact.unknown ?? undefined}>
        <StatusMark status="unknown" word="Share not known" />
      </Fact>
    );
  const note = `limit ${share(fact.limit)}; ${fact.people} of ${counted(fact.needed, "person", "people")} needed`;
  return (
    <Fact label={label} note={note} title="It is about the size of the rota. It ranks nobody.">
      <StatusShape status={fact.above ? "warn" : "ok"} />
      {share(fact.largest)}
    </Fact>
  );
}
