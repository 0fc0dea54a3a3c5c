"use client";
import { useState } from "react";
import { Button } from "./Button.tsx";

/** Copies `value` exactly. `label` says what, for people who do not see it: "Copy the enrolment string". */
export function CopyButton({
  value,
  label,
  children = "Copy",
}: {
  value: string;
  label: string;
  children?: string;
}) {
  const [state, setState] = useState<"" | "done" | "failed">("");
  return (
    <Button
      aria-label={label}
      onClick={async () => {
        setState(await copy(value));
        setTimeout(() => setState(""), 2_500);
      }}
    >
      <span aria-live="polite">
        {state === "done" ? "Copied" : state === "failed" ? "Select and copy" : children}
      </span>
    </Button>
  );
}

async function copy(value: string): Promise<"done" | "failed"> {
  try {
    await navigator.clipboard.writeText(value);
    return "done";
  } catch {
    return "failed";
  }
}
