import Link from "next/link";
import type { ReactNode } from "react";
import { Banner } from "./Banner.tsx";

export interface ConsoleBannersProps {
  demo: boolean;
  solo: boolean;
  reviewers: number;
  voters: number;
  /** Link that leads out of it, for those who may invite. */
  invite: ReactNode;
  /** Notification channels that do not get through, for those who can do something about it. */
  failingChannels?: readonly string[];
  /** What is wrong with the installation itself. */
  troubles?: readonly Trouble[];
  /** What gets publishing going again, for those who may. */
  resume?: (slug: string) => ReactNode;
}

export interface Trouble {
  readonly key: string;
  readonly sentence: string;
}

const titles: Readonly<Record<string, string>> = {
  log: "The log was cut or changed.",
  restored: "Publishing has stopped.",
  ahead: "A server has more than we know.",
  head: "A published list cannot be used.",
  signer: "Releases cannot be signed.",
  list: "A list was not what the inventory says.",
};

/** What is so on every screen: a demo, one person deciding alone, too few people to decide, nobody hearing of anything. */
export function ConsoleBanners({
  demo,
  solo,
  reviewers,
  voters,
  invite,
  failingChannels = [],
  troubles = [],
  resume,
}: ConsoleBannersProps) {
  const few = !solo && (reviewers === 0 || voters < 2);
  if (!demo && !solo && !few && failingChannels.length === 0 && troubles.length === 0) return null;
  return (
    <div data-screen-only="" className="grid gap-2 border-b border-line px-5 py-3 max-md:px-3">
      {troubles.map(({ key, sentence }) => {
        const [kind = "", slug = ""] = key.split(":");
        return (
          <Banner
            key={key}
            tone="stop"
            title={titles[kind] ?? "Something is wrong."}
            actions={(kind === "restored" || kind === "ahead") && resume?.(slug)}
          >
            {sentence}
          </Banner>
        );
      })}
      {demo && (
        <Banner title="Demo.">
          Everything here runs on this machine: an invented company, a small internet of its own, and copies
          of real documents. Nothing you do leaves it.
        </Banner>
      )}
      {solo && (
        <Banner tone="hold" title="One person decides.">
          This installation allows whoever asks to approve it too. Every such approval is marked in the
          journal and in the list. Turn it off with ROLLCALL_SOLO=false once a second reviewer is here.
        </Banner>
      )}
      {failingChannels.length > 0 && (
        <Banner
          tone="stop"
          title="Notifications do not get through."
          actions={<Link href="/settings/notifications">Look at the channels</Link>}
        >
          Nobody hears of findings by way of {failingChannels.join(", ")}.
        </Banner>
      )}
      {few && (
        <Banner
          tone="hold"
          title={reviewers === 0 ? "Nobody is a reviewer." : "Only one person can review."}
          actions={invite}
        >
          {reviewers === 0
            ? "An administrator alone can never approve, so requests will wait until a reviewer joins."
            : "Nobody may approve what they asked for themselves, so some requests will wait until another reviewer joins."}
        </Banner>
      )}
    </div>
  );
}
