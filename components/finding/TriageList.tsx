"use client";
import clsx from "clsx";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { actsFrom, type FindingAct } from "#lib/core/finding/triage.ts";
import { Button } from "../Button.tsx";
import { rows as pageRows } from "../keyboard.ts";
import { announce } from "../toasts.ts";
import { TriageDialog, type TriageSetting, type TriageTarget } from "./TriageDialog.tsx";

const acts = [
  ["acknowledge", "Acknowledge", "a"],
  ["assign", "Assign", "i"],
  ["snooze", "Snooze", "s"],
  ["dismiss", "Dismiss", "d"],
  ["waive", "Waive", "w"],
  ["reopen", "Open again", "r"],
] as const satisfies readonly (readonly [FindingAct, string, string])[];

/**
 * A list of findings that can be acted on: the ticked ones, or else the one at hand. The bar says which these are, and
 * its letters work from anywhere on the page.
 */
export function TriageList({
  findings,
  floating = false,
  children,
  ...setting
}: TriageSetting & {
  findings: readonly TriageTarget[];
  /** The bar stands for itself instead of being the foot of a card. */
  floating?: boolean;
  children: ReactNode;
}) {
  const list = useRef<HTMLDivElement>(null);
  const [ticked, setTicked] = useState<readonly number[]>([]);
  const [atHand, setAtHand] = useState<number | null>(null);
  const [asked, setAsked] = useState<{
    act: FindingAct;
    targets: readonly TriageTarget[];
    row: number;
  } | null>(null);
  /** Where the focus was: when its row has gone, the next one takes it. */
  const goTo = useRef<number | null>(null);
  const read = () =>
    setTicked(
      [...(list.current?.querySelectorAll<HTMLInputElement>("input[name=number]:checked") ?? [])].map((box) =>
        Number(box.value),
      ),
    );
  const clear = () => {
    for (const box of list.current?.querySelectorAll<HTMLInputElement>("input[name=number]") ?? [])
      box.checked = false;
    read();
  };
  useEffect(() => {
    read();
    if (goTo.current === null) return;
    const rows = pageRows();
    const row = rows[Math.min(goTo.current, rows.length - 1)];
    goTo.current = null;
    row?.querySelector<HTMLElement>("[data-open]")?.focus();
  }, [findings]);
  const numbers = ticked.length > 0 ? ticked : atHand === null ? [] : [atHand];
  const offered = acts.filter(([act]) => findings.some(({ state }) => actsFrom[act].includes(state)));
  const targets = findings.filter((finding) => numbers.includes(finding.number));
  return (
    <div
      ref={list}
      onChange={read}
      onFocus={(event) => {
        const box = event.target.closest("[data-row]")?.querySelector<HTMLInputElement>("input[name=number]");
        if (box) setAtHand(Number(box.value));
      }}
    >
      {children}
      {offered.length > 0 && (
        <div
          role="group"
          aria-label="Act on findings"
          data-screen-only=""
          className={clsx(
            "z-20 flex flex-wrap items-center gap-2 border-line bg-raised px-3.5 py-2 text-sm",
            floating ? "bottom-3 mt-3 rounded-lg border" : "bottom-0 rounded-b-lg border-t",
            targets.length === 0 ? "max-md:hidden" : floating ? "sticky shadow-float" : "sticky",
          )}
        >
          <span role="status" className="font-medium tabular-nums">
            {ticked.length > 0
              ? `${ticked.length} selected`
              : targets[0]
                ? `F-${targets[0].number}`
                : "Choose a finding to act on it"}
          </span>
          {ticked.length > 0 && (
            <Button variant="quiet" onClick={clear}>
              Clear
            </Button>
          )}
          <span className="ml-auto flex flex-wrap gap-1.5">
            {offered.map(([act, label, letter]) => (
              <Button
                key={act}
                hotkey={letter}
                aria-disabled={targets.length === 0 || undefined}
                onClick={() => {
                  if (targets.length === 0)
                    announce("Choose a finding first", "j and k move, x selects, then the letter acts.");
                  else
                    setAsked({
                      act,
                      targets,
                      row: pageRows().findIndex((row) =>
                        row.querySelector(`input[value="${targets[0]?.number}"]`),
                      ),
                    });
                }}
              >
                {label}
              </Button>
            ))}
          </span>
        </div>
      )}
      {asked && (
        <TriageDialog
          {...setting}
          act={asked.act}
          targets={asked.targets}
          onClose={(done) => {
            if (done) {
              goTo.current = asked.row;
              clear();
            }
            setAsked(null);
          }}
        />
      )}
    </div>
  );
}
