import { FileInput } from "./FileInput.tsx";
import { TextArea } from "../TextArea.tsx";

/** A copy of a document: as a file, or pasted. */
export function UploadFields({ clientId }: { clientId: string }) {
  return (
    <>
      <p className="text-sm text-ink-2">
        Open{" "}
        <a
          href={clientId}
          target="_blank"
          rel="noreferrer noopener"
          className="[overflow-wrap:anywhere] underline underline-offset-2"
        >
          {clientId}
        </a>{" "}
        in a browser, save what it shows, and give it here. Nothing changes until a reviewer who is not you
        has compared it.
      </p>
      <FileInput
        name="documentFile"
        label="The document as a file"
        accept=".json,application/json"
        optional
      />
      <TextArea
        name="document"
        label="Or the document, pasted"
        hint="From { to }. A file keeps the exact bytes, pasting does not."
        optional
        mono
        rows={6}
        spellCheck={false}
      />
      <FileInput
        name="keySetFile"
        label="Its key set as a file"
        hint="Where the document has a jwks_uri."
        accept=".json,application/json"
        optional
      />
      <TextArea name="keySet" label="Or the key set, pasted" optional mono rows={3} spellCheck={false} />
      <TextArea
        name="note"
        label="Where does it come from?"
        hint="One sentence that the second person and an auditor will read."
        rows={2}
      />
    </>
  );
}
