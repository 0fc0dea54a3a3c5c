import Link from "next/link";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import { NewAccountFields } from "#components/NewAccountFields.tsx";
import { Standalone } from "#components/Standalone.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { inviteByToken } from "#lib/views/people/inviteByToken.ts";
import { context } from "../context.ts";
import { createAdmin } from "./actions.ts";

export const metadata = { title: "Set up" };

interface SetupProps {
  searchParams: Promise<Record<string, string | readonly string[] | undefined>>;
}

export default async function Setup({ searchParams }: SetupProps) {
  // Written twice in an address, a parameter is a list.
  const { token: given } = await searchParams;
  const token = typeof given === "string" ? given : "";
  const ctx = await context();
  const invite = await inviteByToken(ctx.db, ctx.clock(), token, "first_admin");
  if (!invite)
    return (
      <Standalone title="Set up Rollcall">
        <Banner tone="hold" actions={<Link href="/sign-in">Sign in</Link>}>
          This link was used or has run out. When nobody has an account yet, restart Rollcall: it prints a new
          link.
        </Banner>
      </Standalone>
    );
  return (
    <Standalone
      title="Set up Rollcall"
      lead="You are the first here, so you become its administrator. Next you connect an authorization server, add a client and invite a reviewer."
    >
      <ActionForm action={createAdmin} label="First administrator">
        <input type="hidden" name="token" value={token} />
        <NewAccountFields />
        <SubmitButton busy="Creating …" className="h-[34px]!">
          Create the administrator
        </SubmitButton>
      </ActionForm>
    </Standalone>
  );
}
