import { redirect } from "next/navigation";
import { ActionForm } from "#components/ActionForm.tsx";
import { Button } from "#components/Button.tsx";
import { roleWords } from "#components/roleWords.ts";
import { Standalone } from "#components/Standalone.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import type { Role } from "#lib/core/role.ts";
import { context } from "../context.ts";
import { safeNext } from "../safeNext.ts";
import { currentPerson } from "../session.ts";
import { signInAs, signInHere } from "./actions.ts";

export const metadata = { title: "Sign in" };

const demoRoles: readonly Role[] = ["reviewer", "member", "admin", "auditor"];

export default async function SignIn({ searchParams }: { searchParams: Promise<Record<string, string>> }) {
  const next = safeNext((await searchParams)["next"]);
  if (await currentPerson()) redirect(next);
  const { config } = await context();
  return (
    <Standalone
      title="Sign in"
      aside={!config.demo && "No account yet? An administrator can send you an invite link."}
    >
      {config.demo && (
        <>
          <ActionForm action={signInAs} label="Sign in to the demo" className="grid gap-2">
            <p className="text-ink-2">
              This is a demo. Choose whose eyes to look through; you can switch later.
            </p>
            <input type="hidden" name="next" value={next} />
            {demoRoles.map((role) => (
              <Button
                key={role}
                type="submit"
                name="role"
                value={role}
                className="h-auto! justify-start! px-3 py-2 text-left whitespace-normal!"
              >
                <span>
                  <b className="block font-semibold">{roleWords[role].title}</b>
                  <span className="font-normal text-ink-2">{roleWords[role].does}</span>
                </span>
              </Button>
            ))}
          </ActionForm>
          <p className="flex items-center gap-3 text-sm text-ink-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or with a password
          </p>
        </>
      )}
      <ActionForm action={signInHere} label="Sign in">
        <input type="hidden" name="next" value={next} />
        <TextInput
          name="email"
          label="E-mail address"
          type="email"
          autoComplete="username"
          autoFocus={!config.demo}
        />
        <TextInput name="password" label="Password" type="password" autoComplete="current-password" />
        <SubmitButton busy="Signing in …" className="h-[34px]!">
          Sign in
        </SubmitButton>
      </ActionForm>
    </Standalone>
  );
}
