import type { Theme } from "#components/ThemeSwitch.tsx";

/** The theme a person chose on this device; the system's wish otherwise. */
export function themeOf(cookies: { get(name: string): { value: string } | undefined }): Theme {
  const value = cookies.get("theme")?.value;
  return value === "light" || value === "dark" ? value : "system";
}
