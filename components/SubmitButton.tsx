"use client";
import { Button, type ButtonProps } from "./Button.tsx";
import { useForm } from "./formContext.ts";

/** Sends the form around it; rests while the answer is under way. `busy` is the word meanwhile. */
export function SubmitButton({
  busy,
  children,
  variant = "primary",
  ...rest
}: ButtonProps & { busy?: string }) {
  const { pending } = useForm();
  return (
    <Button {...rest} type="submit" variant={variant} aria-disabled={pending || undefined}>
      {pending && busy ? busy : children}
    </Button>
  );
}
