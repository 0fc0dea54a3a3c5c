"use client";
import { useTransition } from "react";
import { Button } from "../Button.tsx";
import type { FormAnswer } from "../FormAnswer.ts";
import { announce } from "../toasts.ts";

/** Fetches the document now and says what came of it. */
export function FetchNow({
  fetchNow,
}: {
  fetchNow: () => Promise<FormAnswer<{ sentence: string; changed: boolean }>>;
}) {
  const [pending, start] = useTransition();
  return (
    <Button
      hotkey="f"
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
