/** Pure parts of the page's keyboard: what can be pressed, and what a press means. */

export interface Shortcut {
  keys: string;
  label: string;
}

/** Whether single keys belong to the element at hand (it takes text) and not to us. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("[role=dialog]")) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

export function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("main [data-row]")].filter(isShown);
}

/** The element a letter presses: the one in the row at hand first, then the first on the page. */
export function hotkeyTarget(keys: string): HTMLElement | undefined {
  const selector = `[data-hotkey="${CSS.escape(keys)}"]`;
  const row = document.activeElement?.closest("[data-row]");
  const inRow = row?.querySelector<HTMLElement>(selector);
  return (
    inRow ??
    [...document.querySelectorAll<HTMLElement>(selector)].find(
      (it) => isShown(it) && !it.closest("[data-row]"),
    )
  );
}

/** Everything on this page that has a letter, in reading order, each once. */
export function shortcutsOnPage(): Shortcut[] {
  const seen = new Map<string, string>();
  for (const element of document.querySelectorAll<HTMLElement>("[data-hotkey]")) {
    const keys = element.dataset["hotkey"] ?? "";
    if (!seen.has(keys))
      seen.set(keys, element.dataset["hotkeyLabel"] ?? element.getAttribute("aria-label") ?? words(element));
  }
  return [...seen].map(([keys, label]) => ({ keys, label }));
}

function words(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const kbd of copy.querySelectorAll("kbd, [data-count]")) kbd.remove();
  return copy.textContent?.trim() ?? "";
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
