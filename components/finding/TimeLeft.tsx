import type { Instant } from "#lib/core/Instant.ts";
import { Shape } from "../Shape.tsx";
import { exactTime, relativeTime } from "../time.ts";

export interface TimeLeftProps {
  due: {
    readonly at: Instant;
    readonly what: "acknowledge" | "decide" | "wake" | "renew";
    readonly overdue: boolean;
  } | null;
  untilChange?: boolean;
  now: Instant;
}

/** What is due and when: "acknowledge in 3 h"; what is late says so in words and with a sign. The exact time shows on focus. */
export function TimeLeft({ due, untilChange = false, now }: TimeLeftProps) {
  if (untilChange) return <span className="text-ink-3">until it changes</span>;
  if (!due) return <span className="text-ink-3">no time set</span>;
  return (
    <time
      dateTime={new Date(due.at).toISOString()}
      data-exact={exactTime(due.at)}
      tabIndex={0}
      className={due.overdue ? "font-medium whitespace-nowrap text-stop tabular-nums" : "tabular-nums"}
    >
      {due.overdue && (
        <span className="mr-1.5 inline-block align-[1px]">
          <Shape name="triangle" />
        </span>
      )}
      {words(due, now)}
      <span className="sr-only"> ({exactTime(due.at)})</span>
    </time>
  );
}

function words({ at, what, overdue }: NonNullable<TimeLeftProps["due"]>, now: Instant): string {
  const gap = relativeTime(at, now);
  const verb = { acknowledge: "acknowledge", decide: "decide", wake: "wakes", renew: "ends" }[what];
  if (overdue) return `${verb} ${gap === "now" ? "now" : `${gap} late`}`;
  return `${verb} ${gap}`;
}
