/** The screens that exist, as the sidebar and ⌘K list them. */
export interface NavLink {
  readonly href: string;
  readonly label: string;
  readonly hotkey: string;
  readonly count?: number;
  /** Something among it is critical. */
  readonly critical?: boolean;
}

export interface NavSection {
  readonly title?: string;
  readonly links: readonly NavLink[];
}

export interface NavCounts {
  readonly inbox: number;
  readonly clients: number;
  readonly findings: number;
  readonly criticalFindings: boolean;
  readonly unreachable: number;
  readonly unknown: number;
  readonly releases: number;
  readonly servers: number;
}

/** Every section with its counts. */
export function navigation(counts: NavCounts): readonly NavSection[] {
  return [
    {
      links: [
        { href: "/", label: "Overview", hotkey: "g h" },
        { href: "/inbox", label: "Inbox", hotkey: "g i", count: counts.inbox },
      ],
    },
    {
      title: "Inventory",
      links: [
        { href: "/clients", label: "Clients", hotkey: "g c", count: counts.clients },
        { href: "/namespaces", label: "Namespaces", hotkey: "g m" },
        { href: "/keys", label: "Keys", hotkey: "g k" },
      ],
    },
    {
      title: "Watch",
      links: [
        {
          href: "/findings",
          label: "Findings",
          hotkey: "g f",
          count: counts.findings,
          critical: counts.criticalFindings,
        },
        { href: "/unreachable", label: "Unreachable", hotkey: "g n", count: counts.unreachable },
        { href: "/unknown", label: "Unknown", hotkey: "g w", count: counts.unknown },
      ],
    },
    {
      title: "Enforcement",
      links: [
        { href: "/releases", label: "Releases", hotkey: "g r", count: counts.releases },
        { href: "/servers", label: "Authorization servers", hotkey: "g a", count: counts.servers },
      ],
    },
    {
      title: "Govern",
      links: [
        { href: "/rules", label: "Rules", hotkey: "g u" },
        { href: "/journal", label: "Journal", hotkey: "g j" },
        { href: "/people", label: "People", hotkey: "g p" },
        { href: "/settings", label: "Settings", hotkey: "g s" },
      ],
    },
  ];
}
