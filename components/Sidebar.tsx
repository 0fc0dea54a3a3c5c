"use client";
import clsx from "clsx";
import {
  AppWindow,
  BookText,
  CircleHelp,
  CloudOff,
  Inbox,
  Asterisk,
  KeyRound,
  LayoutGrid,
  ListChecks,
  ScanSearch,
  Send,
  Server,
  Settings,
  Users,
  type LucideIcon,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useState, type ReactNode } from "react";
import { Mark } from "./Mark.tsx";
import type { NavSection } from "./navigation.ts";
import { Shape } from "./Shape.tsx";

const icons: Record<string, LucideIcon> = {
  "/": LayoutGrid,
  "/inbox": Inbox,
  "/clients": AppWindow,
  "/keys": KeyRound,
  "/namespaces": Asterisk,
  "/findings": ScanSearch,
  "/unreachable": CloudOff,
  "/unknown": CircleHelp,
  "/releases": Send,
  "/servers": Server,
  "/rules": ListChecks,
  "/journal": BookText,
  "/people": Users,
  "/settings": Settings,
};

/** The way around: a column at the left, folded into a menu below 720 px. */
export function Sidebar({ sections, foot }: { sections: readonly NavSection[]; foot: ReactNode }) {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  return (
    <header
      data-screen-only=""
      className="z-30 flex flex-col border-line bg-sunken md:sticky md:top-0 md:h-dvh md:overflow-y-auto md:border-r md:px-2.5 md:py-3 max-md:border-b"
    >
      <div className="flex items-center gap-2 max-md:px-3 max-md:py-2">
        <Link
          href="/"
          className="flex items-center gap-[9px] rounded-md px-2 pt-1 pb-1 text-[14.5px] font-semibold md:mb-2"
        >
          <Mark /> Rollcall
        </Link>
        <button
          type="button"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
          className="ml-auto h-8 rounded-md border border-line-strong bg-surface px-3 text-sm font-medium md:hidden"
        >
          Menu
        </button>
      </div>
      <nav
        id="navigation"
        aria-label="Screens"
        className={clsx("flex flex-1 flex-col gap-px max-md:px-3 max-md:pb-3", !open && "max-md:hidden")}
      >
        {sections.map((section, index) => (
          <div key={section.title ?? index} className="grid gap-px">
            {section.title && <p className="px-2 pt-3.5 pb-1 text-xs text-ink-3">{section.title}</p>}
            <ul className="grid gap-px">
              {section.links.map((link) => {
                const Icon = icons[link.href] ?? LayoutGrid;
                const here =
                  link.href === "/" ? path === "/" : path === link.href || path.startsWith(`${link.href}/`);
                return (
                  <li key={link.href}>
                    <Link
                      href={link.href}
                      aria-current={here ? "page" : undefined}
                      data-hotkey={link.hotkey}
                      className={clsx(
                        "flex items-center gap-[9px] rounded-md px-2 py-[5px]",
                        here
                          ? "bg-surface font-medium text-ink shadow-[inset_0_0_0_1px_var(--line)]"
                          : "text-ink-2 hover:bg-mute-soft hover:text-ink",
                      )}
                    >
                      <Icon aria-hidden="true" size={15} strokeWidth={1.7} className="shrink-0 opacity-80" />
                      {link.label}
                      {link.count !== undefined && link.count > 0 && (
                        <span
                          data-count=""
                          className="ml-auto flex items-center gap-1.5 pl-1 text-xs font-medium text-ink-3 tabular-nums"
                        >
                          {link.critical && (
                            <span className="text-crit">
                              <Shape name="triangle" />
                              <span className="sr-only">some critical, </span>
                            </span>
                          )}
                          {link.count.toLocaleString("en")}
                        </span>
                      )}
                    </Link>
                  </li>
                );
              })}
            </ul>
          </div>
        ))}
        <div className="mt-auto pt-4">{foot}</div>
      </nav>
    </header>
  );
}
