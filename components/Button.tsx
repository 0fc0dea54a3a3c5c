import type { ComponentProps } from "react";
import { buttonStyle, type ButtonVariant } from "./buttonStyle.ts";
import { Kbd } from "./Kbd.tsx";

export interface ButtonProps extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  /** A letter (or "g i") that presses it from anywhere on the page; shown on the button and listed under `?`. */
  hotkey?: string;
}

/** A button. Give `type="submit"` to send a form; better, use SubmitButton, which waits for the answer. */
export function Button({ variant, hotkey, className, children, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={buttonStyle(variant, className)}
      data-hotkey={hotkey}
      aria-keyshortcuts={hotkey}
    >
      {children}
      {hotkey && <Kbd hint>{hotkey}</Kbd>}
    </button>
  );
}
