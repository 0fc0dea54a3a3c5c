/** A key on the keyboard. `hint` marks one that is only a reminder: it goes away when shortcuts are off and on paper. */
export function Kbd({ children, hint = false }: { children: string; hint?: boolean }) {
  return (
    <kbd
      data-hint={hint || undefined}
      aria-hidden={hint || undefined}
      className="inline-block min-w-[17px] rounded-sm border border-b-2 border-line-strong bg-surface px-1 text-center font-mono text-[10.5px] leading-[14px] font-medium text-ink-3"
    >
      {children}
    </kbd>
  );
}
