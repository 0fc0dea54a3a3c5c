import type { ReactNode } from "react";
import { Keyboard } from "./Keyboard.tsx";
import type { NavSection } from "./navigation.ts";
import { Sidebar } from "./Sidebar.tsx";
import { Toasts } from "./Toasts.tsx";

export interface ShellProps {
  sections: readonly NavSection[];
  /** Bottom of the sidebar: who is signed in, search, theme. */
  foot: ReactNode;
  /** Above every screen: demo, solo, only one reviewer. */
  banners?: ReactNode;
  children: ReactNode;
}

/** Sidebar, banners, screen; and the keys. */
export function Shell({ sections, foot, banners, children }: ShellProps) {
  return (
    <div className="shell grid min-h-dvh grid-cols-[minmax(0,1fr)] content-start md:grid-cols-[220px_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <Sidebar sections={sections} foot={foot} />
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {banners}
        {children}
      </main>
      <Keyboard />
      <Toasts />
    </div>
  );
}
