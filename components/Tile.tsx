import Link from "next/link";

export interface TileProps {
  href: string;
  label: string;
  value: string;
  note?: string;
}

/** One number that leads to the list behind it. */
export function Tile({ href, label, value, note }: TileProps) {
  return (
    <Link
      href={href}
      className="block rounded-lg max-lg:last:odd:col-span-2 border border-line bg-surface px-3.5 py-3 hover:border-line-strong hover:bg-sunken"
    >
      <span className="block text-sm text-ink-3">{label}</span>
      <span className="block text-2xl font-semibold tracking-[-0.02em] tabular-nums">{value}</span>
      <span className="mt-0.5 block min-h-4 text-xs text-ink-2">{note}</span>
    </Link>
  );
}
