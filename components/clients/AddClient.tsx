"use client";
import Link from "next/link";
import { useEffect, useRef, useState } from "react";
import { ActionForm } from "../ActionForm.tsx";
import { Banner } from "../Banner.tsx";
import { Card } from "../Card.tsx";
import { GrantPicker, type GrantChoice } from "../client/GrantPicker.tsx";
import { Empty } from "../Empty.tsx";
import { inputStyle } from "../Field.tsx";
import type { FormAction, FormAnswer } from "../FormAnswer.ts";
import { useFieldError } from "../formContext.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";
import { OwnerFields } from "./OwnerFields.tsx";
import { PreviewColumns } from "./PreviewColumns.tsx";
import type { PreviewModel } from "./PreviewModel.ts";
import { RecordUnread } from "./RecordUnread.tsx";

export interface AddClientProps {
  preview: (clientId: string, profile: string) => Promise<FormAnswer<PreviewModel>>;
  register: FormAction;
  /** For a client whose document only browsers can read. */
  record: FormAction;
  teams: readonly { id: string; name: string }[];
  resources: readonly GrantChoice[];
  /** From the address: a client_id to look at at once. */
  clientId?: string;
  ownTeam?: string;
}

const pause = 600;

/** Paste a URL, read what it says and means, then ask for it. */
export function AddClient(props: AddClientProps) {
  const [clientId, setClientId] = useState(props.clientId ?? "");
  const [profile, setProfile] = useState("ietf");
  const [answer, setAnswer] = useState<FormAnswer<PreviewModel> | null>(null);
  const [reading, setReading] = useState(false);
  const { preview } = props;
  const turn = useRef(0);

  useEffect(() => {
    const mine = ++turn.current;
    if (clientId.trim().length < 4) {
      setAnswer(null);
      setReading(false);
      return;
    }
    setReading(true);
    const timer = setTimeout(async () => {
      const found = await preview(clientId, profile).catch((): FormAnswer<PreviewModel> => ({
        ok: false,
        code: "unavailable",
        sentence: "The server did not answer. What you typed is kept; try again in a moment.",
        fields: {},
      }));
      if (mine !== turn.current) return;
      setAnswer(found);
      setReading(false);
    }, pause);
    return () => clearTimeout(timer);
  }, [clientId, profile, preview]);

  const shown = answer?.ok ? answer.value : null;
  return (
    <div className="grid gap-3.5">
      <Card padded>
        <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_220px]">
          <div className="grid gap-1">
            <label htmlFor="client-id" className="text-sm font-medium">
              client_id
            </label>
            <input
              id="client-id"
              data-search=""
              type="text"
              inputMode="url"
              autoFocus
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              placeholder="https://app.example.com/oauth/client.json"
              value={clientId}
              onChange={(event) => setClientId(event.target.value)}
              aria-describedby="client-id-hint"
              className={`${inputStyle} h-9 font-mono text-[13px]`}
            />
            <p id="client-id-hint" className="text-sm text-ink-3">
              Exactly as the client sends it: it is compared letter by letter and never changed.{" "}
              <span role="status" className="font-medium text-accent-ink">
                {reading ? "Reading …" : ""}
              </span>
            </p>
          </div>
          <div className="grid content-start gap-1">
            <label htmlFor="profile" className="text-sm font-medium">
              Judged by
            </label>
            <select
              id="profile"
              value={profile}
              onChange={(event) => setProfile(event.target.value)}
              className={`${inputStyle} h-9`}
            >
              <option value="ietf">IETF draft</option>
              <option value="mcp">MCP</option>
              <option value="atproto">atproto</option>
            </select>
          </div>
        </div>
      </Card>
      {answer && !answer.ok && (
        <Banner tone="stop" live>
          {answer.code === "not_signed_in" ? (
            <>
              Your session ended.{" "}
              <a href="/sign-in" target="_blank" rel="noreferrer" className="underline">
                Sign in again in a new tab
              </a>
              , then change the URL or press a key in it: it is kept.
            </>
          ) : (
            (answer.fields["clientId"] ?? answer.sentence)
          )}
        </Banner>
      )}
      {!answer && !reading && (
        <Card>
          <Empty title="Paste the URL of a client">
            Rollcall fetches its document, says what it means in plain sentences, and shows what is missing or
            wrong before anything is asked for.
          </Empty>
        </Card>
      )}
      <div className={reading && shown ? "grid gap-3.5 opacity-60" : "grid gap-3.5"} aria-busy={reading}>
        {shown && <PreviewColumns preview={shown} />}
        {shown?.readable && !shown.existing && (
          <AskCard {...props} clientId={shown.clientId} profile={profile} />
        )}
        {shown?.challenged && !shown.existing && props.teams.length > 0 && (
          <RecordUnread {...props} action={props.record} clientId={shown.clientId} profile={profile} />
        )}
      </div>
    </div>
  );
}

function AskCard(props: AddClientProps & { clientId: string; profile: string }) {
  const { teams, resources } = props;
  if (resources.length === 0)
    return (
      <Card title="Ask for it">
        <Empty
          title="No resource is known yet"
          actions={
            <Link href="/servers/new" className="font-medium text-accent-ink underline underline-offset-2">
              Connect an authorization server
            </Link>
          }
        >
          A client is trusted for named resources and scopes. First connect an authorization server and name
          what it protects; then ask for this client.
        </Empty>
      </Card>
    );
  if (teams.length === 0)
    return (
      <Card title="Ask for it">
        <Empty
          title="No team exists yet"
          actions={
            <Link href="/people" className="font-medium text-accent-ink underline underline-offset-2">
              Create a team
            </Link>
          }
        >
          Every client has an owner team that answers for it. An administrator creates teams under People.
        </Empty>
      </Card>
    );
  return (
    <Card title="Ask for it" note="somebody else decides" padded>
      <ActionForm action={props.register} label="Ask for this client">
        <input type="hidden" name="clientId" value={props.clientId} />
        <input type="hidden" name="profile" value={props.profile} />
        <ClientIdFault />
        <div className="grid gap-3.5 lg:grid-cols-2">
          <div className="grid content-start gap-3.5">
            <OwnerFields teams={teams} ownTeam={props.ownTeam} />
          </div>
          <div className="grid content-start gap-3.5">
            <GrantPicker resources={resources} />
            <TextInput
              name="validDays"
              label="Valid for"
              hint="Days, at most 730. More than a year is high risk."
              type="number"
              min={1}
              max={730}
              defaultValue={180}
              className="max-w-[120px]"
            />
            <TextArea
              name="reason"
              label="Why?"
              hint="One sentence that the reviewer and an auditor will read."
            />
          </div>
        </div>
        <div className="flex justify-end">
          <SubmitButton busy="Reading it again …">Ask for approval</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}

/** What became of the document since it was read: the URL stands in a field of its own, outside this form. */
function ClientIdFault() {
  const sentence = useFieldError("clientId");
  return sentence ? <p className="text-sm text-stop">{sentence}</p> : null;
}
