"use client";
import { useEffect, useState } from "react";
import { hotkeyTarget, rows, takesText } from "./keyboard.ts";
import { KeyboardHelp } from "./KeyboardHelp.tsx";

const storageKey = "rollcall.keys";

/**
 * The page's keys, once, in the shell: `j k` move the focus through rows, `o` opens, `x` ticks, `/` goes to the
 * search field, `?` lists everything, and every element with `data-hotkey` is pressed by its letter.
 * Single keys can be switched off (WCAG 2.1.4).
 */
export function Keyboard() {
  const [help, setHelp] = useState(false);
  const [off, setOff] = useState(false);

  useEffect(() => setOff(localStorage.getItem(storageKey) === "off"), []);
  useEffect(() => {
    document.documentElement.classList.toggle("keys-off", off);
    if (off) return;
    let prefix = "";
    let last = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target))
        return;
      const keys = prefix && event.timeStamp - last < 1_200 ? `${prefix} ${event.key}` : event.key;
      prefix = "";
      if (press(keys)) event.preventDefault();
      else if (event.key === "g") {
        prefix = "g";
        last = event.timeStamp;
      }
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);

    function press(keys: string): boolean {
      if (keys === "?") {
        setHelp(true);
        return true;
      }
      if (keys === "/") return focus(document.querySelector<HTMLElement>("main [data-search]"));
      const own = hotkeyTarget(keys);
      if (own) {
        own.click();
        return true;
      }
      if (keys === "j") return move(1);
      if (keys === "k") return move(-1);
      const row = document.activeElement?.closest<HTMLElement>("[data-row]");
      if (keys === "o")
        return click(row?.tagName === "SUMMARY" ? row : row?.querySelector<HTMLElement>("[data-open]"));
      if (keys === "x") return click(row?.querySelector<HTMLElement>("input[type=checkbox]"));
      return false;
    }
  }, [off]);

  return (
    <KeyboardHelp
      open={help}
      onOpenChange={setHelp}
      off={off}
      onOffChange={(value) => {
        localStorage.setItem(storageKey, value ? "off" : "on");
        setOff(value);
      }}
    />
  );
}

function move(step: 1 | -1): boolean {
  const all = rows();
  if (all.length === 0) return false;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (step === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  const target =
    (all[next]?.tagName === "SUMMARY" ? all[next] : all[next]?.querySelector<HTMLElement>("[data-open]")) ??
    all[next]?.querySelector<HTMLElement>("a,button,input");
  target?.scrollIntoView({ block: "nearest" });
  return focus(target);
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return Boolean(element);
}

function click(element: HTMLElement | null | undefined): boolean {
  element?.click();
  return Boolean(element);
}
