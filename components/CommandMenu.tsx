"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { useRouter } from "next/navigation";
import { useEffect, useId, useState } from "react";
import { ClientIdText } from "./ClientIdText.tsx";
import { backdropStyle, popupStyle } from "./Dialog.tsx";
import { Kbd } from "./Kbd.tsx";
import type { NavLink } from "./navigation.ts";

export interface FoundClient {
  id: string;
  name: string;
  clientId: string;
}

export interface CommandMenuProps {
  pages: readonly NavLink[];
  find: (text: string) => Promise<readonly FoundClient[]>;
}

/** ⌘K or Ctrl K: any screen, any client by its name or URL. */
export function CommandMenu({ pages, find }: CommandMenuProps) {
  const router = useRouter();
  const listId = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [clients, setClients] = useState<readonly FoundClient[]>([]);
  const [at, setAt] = useState(0);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setOpen((was) => !was);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);

  useEffect(() => {
    if (!open || text.trim().length < 2) return setClients([]);
    let current = true;
    const timer = setTimeout(
      () =>
        find(text.trim()).then(
          (found) => current && setClients(found),
          () => current && setClients([]),
        ),
      140,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [find, open, text]);

  const wanted = text.trim().toLowerCase();
  const options = [
    ...pages
      .filter((page) => page.label.toLowerCase().includes(wanted))
      .map((page) => ({ key: page.href, href: page.href, label: page.label, clientId: "" })),
    ...clients.map((it) => ({
      key: it.id,
      href: `/clients/${it.id}`,
      label: it.name,
      clientId: it.clientId,
    })),
  ];
  const chosen = Math.min(at, options.length - 1);

  function go(href: string) {
    change(false);
    router.push(href);
  }
  function change(value: boolean) {
    setOpen(value);
    setText("");
    setAt(0);
  }

  return (
    <Base.Root open={open} onOpenChange={change}>
      <Base.Trigger className="flex h-[30px] items-center justify-between gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink-3 hover:text-ink">
        Find anything <Kbd hint>⌘K</Kbd>
      </Base.Trigger>
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Popup className={`${popupStyle} max-w-[560px]`}>
          <Base.Title className="sr-only">Find a client or a screen</Base.Title>
          <input
            role="combobox"
            aria-label="Find a client or a screen"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={options[chosen] ? `${listId}-${chosen}` : undefined}
            autoComplete="off"
            placeholder="A client's name or URL, or a screen"
            className="h-11 w-full border-b border-line bg-transparent px-4 text-md outline-none placeholder:text-ink-3"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={(event) => {
              const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
              if (step) {
                event.preventDefault();
                setAt((chosen + step + options.length) % Math.max(1, options.length));
              }
              const option = options[chosen];
              if (event.key === "Enter" && option) go(option.href);
            }}
          />
          <ul id={listId} role="listbox" aria-label="Results" className="max-h-[50vh] overflow-y-auto p-1.5">
            {options.map((option, index) => (
              <li
                key={option.key}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === chosen}
                className="flex cursor-pointer items-baseline gap-3 rounded-md px-2.5 py-[7px] aria-selected:bg-accent-soft"
                onMouseMove={() => setAt(index)}
                onClick={() => go(option.href)}
              >
                <span className="shrink-0 font-medium">{option.label}</span>
                {option.clientId && (
                  <span className="min-w-0 truncate">
                    <ClientIdText value={option.clientId} />
                  </span>
                )}
              </li>
            ))}
          </ul>
          <p role="status" className={options.length > 0 ? "sr-only" : "px-4 pb-3.5 text-sm text-ink-2"}>
            {options.length > 0 ? `${options.length} found` : "Nothing has that name or URL."}
          </p>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
