import { buttonStyle } from "../buttonStyle.ts";
import { TextInput } from "../TextInput.tsx";
import { TrialResult, type ShownTrial } from "./TrialResult.tsx";

/** A client_id, perhaps with a redirect, and what would be decided about it. The address of the answer can be shared. */
export function TrialForm({
  clientId,
  redirectUri,
  trial,
  waits,
}: {
  clientId?: string;
  redirectUri?: string;
  trial: ShownTrial | null;
  waits: boolean;
}) {
  return (
    <div className="grid gap-3.5">
      <form
        method="get"
        action="#try"
        className="grid items-end gap-2.5 md:grid-cols-[1fr_1fr_auto]"
        role="search"
      >
        <TextInput
          name="try"
          label="client_id"
          mono
          autoComplete="off"
          spellCheck={false}
          defaultValue={clientId}
        />
        <TextInput
          name="redirect"
          label="redirect_uri"
          mono
          optional
          autoComplete="off"
          spellCheck={false}
          defaultValue={redirectUri}
        />
        <button type="submit" className={buttonStyle("default")}>
          Try it
        </button>
      </form>
      {trial && <TrialResult trial={trial} waits={waits} />}
    </div>
  );
}
