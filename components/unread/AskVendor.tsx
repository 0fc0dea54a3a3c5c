"use client";
import { useState } from "react";
import { Button } from "../Button.tsx";
import { CopyButton } from "../CopyButton.tsx";
import { Dialog } from "../Dialog.tsx";

/** A letter to the vendor, ready to be sent, and whom the last document names. */
export function AskVendor({ text, contacts }: { text: string; contacts: readonly string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      title="Ask the vendor"
      description={
        contacts.length > 0
          ? `The last copy names ${contacts.slice(0, 3).join(", ")}.`
          : "The last copy names no contact. Try the vendor's support."
      }
      open={open}
      onOpenChange={setOpen}
      wide
      trigger={<Button>Ask the vendor</Button>}
    >
      <pre
        tabIndex={0}
        aria-label="Letter to the vendor"
        className="max-h-[40vh] overflow-y-auto rounded-md border border-line bg-sunken px-3 py-2.5 text-sm whitespace-pre-wrap"
      >
        {text}
      </pre>
      <div className="mt-3.5 flex justify-end gap-2">
        <Button onClick={() => setOpen(false)}>Close</Button>
        <CopyButton value={text} label="Copy the letter">
          Copy the letter
        </CopyButton>
      </div>
    </Dialog>
  );
}
