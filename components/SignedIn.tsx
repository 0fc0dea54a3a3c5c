import type { Role } from "#lib/core/role.ts";
import { Avatar } from "./Avatar.tsx";
import { CommandMenu, type FoundClient } from "./CommandMenu.tsx";
import type { NavLink } from "./navigation.ts";
import { roleWords } from "./roleWords.ts";
import { ThemeSwitch, type Theme } from "./ThemeSwitch.tsx";

export interface SignedInProps {
  name: string;
  role: Role;
  theme: Theme;
  pages: readonly NavLink[];
  find: (text: string) => Promise<readonly FoundClient[]>;
  signOut: () => Promise<void>;
}

/** Bottom of the sidebar: find anything, theme, who is signed in. */
export function SignedIn({ name, role, theme, pages, find, signOut }: SignedInProps) {
  return (
    <div className="grid gap-2.5">
      <CommandMenu pages={pages} find={find} />
      <ThemeSwitch theme={theme} />
      <div className="flex items-center gap-2 border-t border-line px-1 pt-2.5 text-sm">
        <Avatar name={name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{name}</span>
          <span className="block text-ink-3">{roleWords[role].title}</span>
        </span>
        <form action={signOut}>
          <button type="submit" className="rounded-sm px-1 text-ink-2 hover:text-ink hover:underline">
            Sign out
          </button>
        </form>
      </div>
    </div>
  );
}
