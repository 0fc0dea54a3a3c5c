"use client";
import { useEffect, useState } from "react";
import { Dialog } from "./Dialog.tsx";
import { Kbd } from "./Kbd.tsx";
import { shortcutsOnPage, type Shortcut } from "./keyboard.ts";

const everywhere: readonly Shortcut[] = [
  { keys: "⌘ K", label: "Find a client or a screen (Ctrl K)" },
  { keys: "j", label: "Next row" },
  { keys: "k", label: "Row before" },
  { keys: "o", label: "Open the row" },
  { keys: "x", label: "Tick the row" },
  { keys: "/", label: "Search field" },
  { keys: "?", label: "This list" },
];

export interface KeyboardHelpProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  off: boolean;
  onOffChange: (off: boolean) => void;
}

/** Every key of this page, read from the page itself, and the switch that turns single keys off. */
export function KeyboardHelp({ open, onOpenChange, off, onOffChange }: KeyboardHelpProps) {
  const [here, setHere] = useState<readonly Shortcut[]>([]);
  useEffect(() => {
    if (open) setHere(shortcutsOnPage());
  }, [open]);
  const own = here.filter((it) => !it.keys.startsWith("g "));
  const go = here.filter((it) => it.keys.startsWith("g "));
  return (
    <Dialog title="Keys" open={open} onOpenChange={onOpenChange} wide>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <div className="grid content-start gap-4">
          {own.length > 0 && <Group title="On this screen" shortcuts={own} />}
          <Group title="Everywhere" shortcuts={everywhere} />
        </div>
        {go.length > 0 && <Group title="Go to" shortcuts={go} />}
      </div>
      <label className="mt-4 flex items-center gap-2 border-t border-line pt-3 text-sm">
        <input
          type="checkbox"
          className="size-3.5 accent-accent"
          checked={!off}
          onChange={(event) => onOffChange(!event.target.checked)}
        />
        Single-letter keys work on this device
      </label>
    </Dialog>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <div>
      <h3 className="mb-1 text-sm text-ink-3">{title}</h3>
      <ul>
        {shortcuts.map((it) => (
          <li key={it.keys} className="flex items-center justify-between gap-3 py-[3px] text-sm">
            {it.label}
            <span className="flex gap-1">
              {it.keys.split(" ").map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
