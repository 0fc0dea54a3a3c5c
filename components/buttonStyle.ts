import clsx from "clsx";

export type ButtonVariant = "default" | "primary" | "danger" | "quiet";

const variants: Record<ButtonVariant, string> = {
  default: "border-line-strong bg-raised text-ink hover:bg-sunken",
  primary: "border-accent bg-accent text-on-accent hover:brightness-105",
  danger: "border-stop/40 bg-raised text-stop hover:bg-stop-soft",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-mute-soft hover:text-ink",
};

/** The look of everything that is pressed: button or link. */
export function buttonStyle(variant: ButtonVariant = "default", className?: string): string {
  return clsx(
    "inline-flex h-[30px] items-center justify-center gap-1.5 rounded-md border px-3 text-sm font-medium whitespace-nowrap no-underline! transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:opacity-60",
    variants[variant],
    className,
  );
}
