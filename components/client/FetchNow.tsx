"use client";
import { useTransition } from "react";
import { Button } from "../Button.tsx";
import type { FormAnswer } from "../FormAnswer.ts";
import { announce } from "../toasts.ts";

/** Fetches the document now and says what came of it. */
export function FetchNow({
  fetchNow,
  name,
}: {
  fetchNow: () => Promise<FormAnswer<{ sentence: string; changed: boolean }>>;
  /** Whose document, where there are several on the screen: then it has no letter. */
  name?: string;
}) {
  const [pending, start] = useTransition();
  return (
    <Button
      hotkey={name === undefined ? "f" : undefined}
      aria-label={name === undefined || pending ? undefined : `Fetch now: ${name}`}
      aria-disabled={pending || undefined}
      onClick={() => {
        if (pending) return;
        start(async () => {
          try {
            const answer = await fetchNow();
            if (answer.ok)
              announce(answer.value.changed ? "The document changed" : "Fetched", answer.value.sentence);
            else announce("Not fetched", answer.sentence);
          } catch {
            announce("Not fetched", "The server did not answer. Try again in a moment.");
          }
        });
      }}
    >
      {pending ? "Fetching …" : "Fetch now"}
    </Button>
  );
}
