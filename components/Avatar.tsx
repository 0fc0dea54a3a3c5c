/** Initials in a circle; decoration beside a name. */
export function Avatar({ name }: { name: string }) {
  const words = name.trim().split(/\s+/);
  const initials = (
    words.length > 1 ? `${words[0]?.[0]}${words.at(-1)?.[0]}` : name.trim().slice(0, 2)
  ).toUpperCase();
  return (
    <span
      aria-hidden="true"
      className="inline-grid size-[22px] shrink-0 place-items-center rounded-full bg-accent-soft text-[10px] font-semibold text-accent-ink"
    >
      {initials}
    </span>
  );
}
