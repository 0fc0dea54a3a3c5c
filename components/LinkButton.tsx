import Link from "next/link";
import type { ComponentProps } from "react";
import { buttonStyle, type ButtonVariant } from "./buttonStyle.ts";
import { Kbd } from "./Kbd.tsx";

export interface LinkButtonProps extends ComponentProps<typeof Link> {
  variant?: ButtonVariant;
  hotkey?: string;
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ variant, hotkey, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link
      {...rest}
      className={buttonStyle(variant, className)}
      data-hotkey={hotkey}
      aria-keyshortcuts={hotkey}
    >
      {children}
      {hotkey && <Kbd hint>{hotkey}</Kbd>}
    </Link>
  );
}
