"use client";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { Button } from "../Button.tsx";

/** A list whose rows have checkboxes named `id`; once some are ticked it says how many and what can be done with them. */
export function SelectionBar({ children }: { children: ReactNode }) {
  const form = useRef<HTMLFormElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [said, setSaid] = useState("");
  const read = () =>
    setChosen(
      [...(form.current?.querySelectorAll<HTMLInputElement>("input[name=id]:checked") ?? [])].map(
        (box) => box.dataset["clientId"] ?? "",
      ),
    );
  useEffect(read, [children]);
  return (
    <form ref={form} action="/clients/export" method="get" onChange={read} aria-label="Clients">
      {children}
      <div
        role="status"
        className={
          chosen.length === 0
            ? "sr-only"
            : "sticky bottom-3 z-20 mx-3.5 my-2 flex flex-wrap items-center gap-2 rounded-lg border border-line bg-raised px-3.5 py-2 text-sm shadow-float"
        }
      >
        {chosen.length > 0 && (
          <>
            <span className="font-medium tabular-nums">{chosen.length} selected</span>
            <span className="ml-auto flex flex-wrap gap-2">
              <Button
                onClick={async () => {
                  try {
                    await navigator.clipboard.writeText(chosen.join("\n"));
                    setSaid("Copied");
                  } catch {
                    setSaid("The browser does not allow copying");
                  }
                }}
              >
                {said || "Copy client_ids"}
              </Button>
              <Button type="submit" name="format" value="csv">
                Export as CSV
              </Button>
              <Button
                onClick={() => {
                  for (const box of form.current?.querySelectorAll<HTMLInputElement>("input[name=id]") ?? [])
                    box.checked = false;
                  setSaid("");
                  read();
                }}
              >
                Clear
              </Button>
            </span>
          </>
        )}
      </div>
    </form>
  );
}
