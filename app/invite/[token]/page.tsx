import Link from "next/link";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { NewAccountFields } from "#components/NewAccountFields.tsx";
import { roleWords } from "#components/roleWords.ts";
import { Standalone } from "#components/Standalone.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { inviteByToken } from "#lib/views/people/inviteByToken.ts";
import { context } from "../../context.ts";
import { acceptInviteHere } from "./actions.ts";

// The address holds the token. No other site is told it (protectPages); to ourselves nothing is hidden, or a form that is
// sent before its script has loaded would come without an origin and be refused.
export const metadata = { title: "Join" };

export default async function Invite({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const ctx = await context();
  const invite = await inviteByToken(ctx.db, ctx.clock(), token, "invite");
  if (!invite)
    return (
      <Standalone title="This invite does not work any more">
        <Banner tone="hold" actions={<Link href="/sign-in">Sign in</Link>}>
          An invite works once and for seven days. Ask whoever sent it for a new one, or sign in if you
          already used it.
        </Banner>
      </Standalone>
    );
  const { title, does } = roleWords[invite.role];
  return (
    <Standalone
      title="Join Rollcall"
      lead={
        <>
          {invite.by ?? "An administrator"} invites you as{" "}
          <b className="font-semibold text-ink">{title.toLowerCase()}</b>
          {invite.team ? ` of ${invite.team}` : ""}. {article(title)} {does}.
        </>
      }
    >
      <ActionForm action={acceptInviteHere} label="New account">
        <input type="hidden" name="token" value={token} />
        <NewAccountFields email={invite.email} />
        <SubmitButton busy="Joining …" className="h-[34px]!">
          Join
        </SubmitButton>
      </ActionForm>
    </Standalone>
  );
}

function article(title: string): string {
  return `${/^[AEIOU]/.test(title) ? "An" : "A"} ${title.toLowerCase()}`;
}
