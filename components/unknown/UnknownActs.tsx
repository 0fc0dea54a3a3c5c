"use client";
import { useRef, useState, type ReactNode } from "react";
import { ActDialog } from "../client/ActDialog.tsx";
import { ClientIdText } from "../ClientIdText.tsx";
import type { FormAnswer } from "../FormAnswer.ts";
import { LinkButton } from "../LinkButton.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";

/** A client or, without `clientId`, a host that can be acted on. */
export interface UnknownTarget {
  readonly key: string;
  readonly clientId?: string;
  /** Safe to print. */
  readonly shown: string;
  readonly host: string;
  readonly canBeClient: boolean;
}

type Act = (subject: string, previous: FormAnswer | null, form: FormData) => Promise<FormAnswer>;

/**
 * A list of unknown clients that can be acted on: the bar says which row is at hand, and its letters work from anywhere on
 * the page.
 */
export function UnknownActs({
  targets,
  deny,
  putAside,
  blockHost,
  mayRegister,
  mayDeny,
  children,
}: {
  targets: readonly UnknownTarget[];
  deny: Act;
  putAside: Act;
  blockHost: Act;
  mayRegister: boolean;
  mayDeny: boolean;
  children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const target = targets.find(({ key }) => key === chosen);
  const choose = (element: EventTarget) => {
    const row = element instanceof Element ? element.closest("[data-row]") : null;
    const box = row?.querySelector<HTMLInputElement>("input[name=unknown]");
    if (!box || !list.current?.contains(box)) return;
    box.checked = true;
    setChosen(box.value);
  };
  return (
    <div ref={list} onFocus={(event) => choose(event.target)} onChange={(event) => choose(event.target)}>
      {children}
      {targets.length > 0 && (mayRegister || mayDeny) && (
        <div
          role="group"
          aria-label="Act on an unknown client"
          data-screen-only=""
          className={`sticky bottom-0 z-20 flex flex-wrap items-center gap-2 rounded-b-lg border-t border-line bg-raised px-3.5 py-2 text-sm ${target ? "" : "max-md:hidden"}`}
        >
          <span role="status" className="min-w-0 max-w-full truncate font-medium">
            {target?.shown ?? "Choose a row: j and k move, or click its circle"}
          </span>
          {target && (
            <span key={target.key} className="ml-auto flex flex-wrap gap-1.5">
              {mayRegister && target.canBeClient && target.clientId !== undefined && (
                <LinkButton
                  href={`/clients/new?client_id=${encodeURIComponent(target.clientId)}`}
                  variant="primary"
                  hotkey="r"
                >
                  Review
                </LinkButton>
              )}
              {mayDeny && target.clientId !== undefined && target.host !== "" && (
                <ActDialog
                  action={deny.bind(null, target.clientId)}
                  label="Deny"
                  title="Deny this client"
                  description={
                    <>
                      <ClientIdText value={target.shown} wrap /> is refused by name on every list from the
                      next release on, also where servers let strangers in. Two people can unblock it.
                    </>
                  }
                  done="Denied: the release is being made"
                  variant="danger"
                  hotkey="d"
                >
                  <TextArea name="reason" label="Why?" hint="One sentence that an auditor will read." />
                </ActDialog>
              )}
              {mayRegister && target.clientId !== undefined && (
                <ActDialog
                  action={putAside.bind(null, target.clientId)}
                  label="Put aside"
                  title="Put this client aside"
                  description={
                    <>
                      <ClientIdText value={target.shown} wrap /> is shown again once servers have met it that
                      many times more. Nothing changes for servers.
                    </>
                  }
                  done="Put aside"
                  hotkey="i"
                >
                  <TextInput
                    name="times"
                    label="Until it was seen so often"
                    type="number"
                    min={1}
                    max={1_000_000}
                    defaultValue={100}
                    className="max-w-[140px]"
                  />
                </ActDialog>
              )}
              {mayDeny && target.host !== "" && (
                <ActDialog
                  action={blockHost.bind(null, target.host)}
                  label="Block host"
                  title={`Block ${target.host}`}
                  description="Every list refuses every client of this host, approved ones too, as soon as servers see the next release. Lifting it takes two people."
                  done="Blocked: the release is being made"
                  variant="danger"
                  hotkey="b"
                >
                  <TextArea name="reason" label="Why?" hint="One sentence that an auditor will read." />
                </ActDialog>
              )}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
