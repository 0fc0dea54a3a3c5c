"use client";
import { ActionForm } from "./ActionForm.tsx";
import { Banner } from "./Banner.tsx";
import { CodeLine } from "./CodeLine.tsx";
import type { FormAction } from "./FormAnswer.ts";
import { useForm } from "./formContext.ts";
import { SubmitButton } from "./SubmitButton.tsx";
import { TextInput } from "./TextInput.tsx";

interface Connected {
  consumerId: string;
  token: string;
  enrolment: string;
}

/** Names a server and shows, once, the token it will use. */
export function ConnectServer({
  action,
  audienceId,
  statusUrl,
}: {
  action: FormAction;
  audienceId: string;
  statusUrl: string;
}) {
  return (
    <ActionForm action={action} clear done="The server is connected" label="Connect a server">
      <input type="hidden" name="audienceId" value={audienceId} />
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-56">
          <TextInput
            name="name"
            label="Name of the server"
            mono
            placeholder="idp-eu-1"
            hint="One per authorization server; its instances share it and name themselves in their reports."
          />
        </div>
        <SubmitButton busy="Connecting …" className="mt-[23px] h-[32px]!">
          Connect
        </SubmitButton>
      </div>
      <ShownOnce statusUrl={statusUrl} />
    </ActionForm>
  );
}

function ShownOnce({ statusUrl }: { statusUrl: string }) {
  const { answer } = useForm();
  if (!answer?.ok) return null;
  const { consumerId, token, enrolment } = answer.value as Connected;
  return (
    <div className="grid gap-2.5 rounded-md border border-line bg-sunken p-3">
      <Banner tone="ok" live title="Connected.">
        Copy these three into the server&apos;s configuration now. The token is shown this once: only its hash
        is kept.
      </Banner>
      <Labelled label="Enrolment string">
        <CodeLine value={enrolment} label="Enrolment string" />
      </Labelled>
      <Labelled label="Token">
        <CodeLine value={token} label="Token" />
      </Labelled>
      <Labelled label="Where it reports">
        <CodeLine value={statusUrl.replace("{id}", consumerId)} label="Status URL" />
      </Labelled>
    </div>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1">
      <p className="text-sm font-medium">{label}</p>
      {children}
    </div>
  );
}
