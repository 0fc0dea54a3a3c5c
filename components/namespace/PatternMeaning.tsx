import type { PatternWords } from "#lib/core/namespace/explainPattern.ts";
import { DiffLines } from "../DiffLines.tsx";

/** What a pattern admits, in words first, then client_ids on either side of the line. */
export function PatternMeaning({ words }: { words: PatternWords }) {
  return (
    <div className="grid gap-2 text-sm">
      <p className="text-ink-2">{words.sentence}</p>
      <DiffLines
        label="Client_ids it admits and refuses"
        lines={[
          ...words.matches.map((text) => ({ kind: "added" as const, text, note: "a client of it" })),
          ...words.refuses.map(({ clientId, because }) => ({
            kind: "removed" as const,
            text: clientId,
            note: because,
          })),
        ]}
      />
    </div>
  );
}
