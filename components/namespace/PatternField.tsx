"use client";
import { useState } from "react";
import { explainPattern } from "#lib/core/namespace/explainPattern.ts";
import { parsePattern } from "#lib/core/namespace/parsePattern.ts";
import { TextInput } from "../TextInput.tsx";
import { PatternMeaning } from "./PatternMeaning.tsx";

/** The pattern with what it means, while it is typed. */
export function PatternField() {
  const [pattern, setPattern] = useState("");
  const { parsed, fault } = parsePattern(pattern.trim());
  return (
    <div className="grid gap-2.5">
      <TextInput
        name="pattern"
        label="Pattern"
        mono
        inputMode="url"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        placeholder="https://chat.example/oauth/*/client.json"
        hint="https, the publisher's host, and a path in which * is exactly one whole segment."
        maxLength={2_048}
        value={pattern}
        onChange={(event) => setPattern(event.target.value)}
      />
      <div aria-live="polite" className="text-sm">
        {parsed ? (
          <PatternMeaning words={explainPattern(parsed)} />
        ) : (
          pattern.trim() !== "" && <p className="text-hold">{fault}</p>
        )}
      </div>
    </div>
  );
}
