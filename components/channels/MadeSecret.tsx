"use client";
import { Banner } from "#components/Banner.tsx";
import { CodeLine } from "#components/CodeLine.tsx";
import { useForm } from "#components/formContext.ts";
import { LinkButton } from "#components/LinkButton.tsx";

/** The signing secret of an answer, shown this once; `children` says what to do with it. */
export function MadeSecret({ sentence, onward }: { sentence: string; onward?: boolean }) {
  const { answer } = useForm();
  if (!answer?.ok) return null;
  const { id, secret } = (answer.value ?? {}) as { id?: string; secret?: string };
  if (!secret) return null;
  return (
    <div className="grid gap-2.5 rounded-md border border-line bg-sunken p-3">
      <Banner tone="ok" live>
        {sentence}
      </Banner>
      <CodeLine value={secret} label="Signing secret" />
      {onward && id && (
        <p>
          <LinkButton href={`/settings/notifications/${id}`} variant="primary">
            I have it, go to the channel
          </LinkButton>
        </p>
      )}
    </div>
  );
}
