"use client";
import { useId, useState } from "react";

export type Theme = "system" | "light" | "dark";
const words: Record<Theme, string> = { system: "System", light: "Light", dark: "Dark" };

/** Light, dark or as the system wishes: kept in a cookie, so that the server draws the right one at once. */
export function ThemeSwitch({ theme }: { theme: Theme }) {
  const name = useId();
  const [chosen, setChosen] = useState(theme);
  function choose(value: Theme) {
    setChosen(value);
    document.cookie = `theme=${value}; Path=/; Max-Age=31536000; SameSite=Lax`;
    if (value === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = value;
  }
  return (
    <fieldset className="flex rounded-md border border-line-strong">
      <legend className="sr-only">Theme</legend>
      {(Object.keys(words) as Theme[]).map((value) => (
        <label
          key={value}
          className="flex-1 border-r border-line px-2 py-0.5 text-center text-xs text-ink-2 first:rounded-l-md last:rounded-r-md last:border-0 has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name={name}
            value={value}
            checked={chosen === value}
            onChange={() => choose(value)}
            className="sr-only"
          />
          {words[value]}
        </label>
      ))}
    </fieldset>
  );
}
