"use client";
import { useEffect, useRef, useState } from "react";
import { constraintDifference } from "#lib/core/namespace/constraintWords.ts";
import type { NamespaceConstraints } from "#lib/core/namespace/Namespace.ts";
import { DiffLines, type DiffLine } from "../DiffLines.tsx";
import { constraintsOf } from "./constraintsOf.ts";

/** What the form around it would take away at once and what it would leave waiting, while it is filled in. */
export function ChangePreview({ current }: { current: NamespaceConstraints }) {
  const place = useRef<HTMLDivElement>(null);
  const [next, setNext] = useState(current);
  useEffect(() => {
    const form = place.current?.closest("form");
    if (!form) return;
    const read = () => setNext(constraintsOf(new FormData(form)));
    read();
    form.addEventListener("input", read);
    return () => form.removeEventListener("input", read);
  }, []);
  const changed = constraintDifference(current, next).filter(
    ({ added, removed }) => added.length + removed.length > 0,
  );
  return (
    <div ref={place} aria-live="polite" className="grid gap-2.5 text-sm">
      {changed.length === 0 && <p className="text-ink-2">Nothing is changed yet.</p>}
      {changed.map(({ label, added, removed }) => (
        <div key={label} className="grid gap-1">
          <p className="font-medium">{label}</p>
          <DiffLines
            label={label}
            lines={[
              ...removed.map((text): DiffLine => ({ kind: "removed", text, note: "at once" })),
              ...added.map((text): DiffLine => ({ kind: "added", text, note: "waits for two people" })),
            ]}
          />
        </div>
      ))}
    </div>
  );
}
