import { Banner } from "#components/Banner.tsx";
import { plural } from "#components/plural.ts";
import { dayOf } from "#components/time.ts";
import type { NamespacePage } from "#lib/views/namespaces/namespacePage.ts";

/** What closes it, what waits, and which clients it does not speak for: before anything is decided. */
export function NamespaceBanners({ seen }: { seen: NamespacePage }) {
  return (
    <>
      {seen.standing === "full" && (
        <Banner tone="stop" title="Closed: too many clients.">
          Servers admitted {plural(seen.children, "client")}, and{" "}
          {seen.constraints.mostChildren.toLocaleString("en")} were approved. Every one of them is refused
          until two people approve a higher limit. Look first whether somebody makes client_ids up.
        </Banner>
      )}
      {seen.standing === "expired" && (
        <Banner tone="stop" title="Closed: the approval has run out.">
          It ended on {dayOf(seen.validUntil ?? 0)}. Ask for a renewal; two people decide.
        </Banner>
      )}
      {seen.standing === "suspended" && (
        <Banner tone="stop" title="Suspended.">
          {seen.reason}
        </Banner>
      )}
      {(seen.standing === "denied" || seen.standing === "withdrawn" || seen.standing === "retired") && (
        <Banner title="Not in use.">{seen.reason}</Banner>
      )}
      {seen.isRenewal && (
        <Banner tone="hold" title="A renewal waits for votes.">
          {seen.requestedBy ?? "Somebody"} asks to go on with it as it is, for {plural(seen.validDays, "day")}
          .
        </Banner>
      )}
      {seen.decided.length > 0 && (
        <Banner title={`${plural(seen.decided.length, "client")} under it decided on one by one.`}>
          Their own record wins, whatever this namespace allows:{" "}
          <code className="[overflow-wrap:anywhere]">{seen.decided.slice(0, 5).join(" ")}</code>
          {seen.decided.length > 5 && ` and ${seen.decided.length - 5} more`}
        </Banner>
      )}
    </>
  );
}
