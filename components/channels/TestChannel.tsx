"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import { Banner } from "#components/Banner.tsx";
import type { FormAction } from "#components/FormAnswer.ts";
import { useForm } from "#components/formContext.ts";
import { SubmitButton } from "#components/SubmitButton.tsx";

/** Sends a test message and shows what the other side said. */
export function TestChannel({ action, id }: { action: FormAction; id: string }) {
  return (
    <ActionForm action={action} label="Send a test">
      <input type="hidden" name="id" value={id} />
      <p>
        <SubmitButton variant="default" busy="Sending …" hotkey="t">
          Send a test
        </SubmitButton>
      </p>
      <Answer />
    </ActionForm>
  );
}

function Answer() {
  const { answer } = useForm();
  if (!answer?.ok) return null;
  const { outcome, sentence } = answer.value as { outcome: string; sentence: string };
  const isDelivered = outcome === "delivered";
  return (
    <Banner
      tone={isDelivered ? "ok" : "stop"}
      live
      title={isDelivered ? "It got through." : "It did not get through."}
    >
      {sentence}
    </Banner>
  );
}
