"use client";
import { ActionForm } from "./ActionForm.tsx";
import { Banner } from "./Banner.tsx";
import type { FormAction } from "./FormAnswer.ts";
import { useForm } from "./formContext.ts";
import { SubmitButton } from "./SubmitButton.tsx";

/** Recomputes every hash of the journal and says what came out. */
export function VerifyChain({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} label="Verify the chain" className="grid gap-2.5">
      <p className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
        <SubmitButton variant="default" hotkey="v" busy="Reading every line …">
          Verify the chain
        </SubmitButton>
        Each line carries the hash of the line before, and the log holds each of them, so a changed, missing
        or inserted line shows.
      </p>
      <Verdict />
    </ActionForm>
  );
}

function Verdict() {
  const { answer } = useForm();
  if (!answer?.ok) return null;
  const { ok, sentence, head } = answer.value as { ok: boolean; sentence: string; head: string };
  return (
    <Banner tone={ok ? "ok" : "stop"} live title={ok ? "The chain holds." : "The chain is broken."}>
      {sentence}
      {ok && head && (
        <>
          {" "}
          Last hash, to keep elsewhere: <code className="[overflow-wrap:anywhere]">{head}</code>
        </>
      )}
      {!ok && " Export it now, keep the export, and compare it with a backup."}
    </Banner>
  );
}
