"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { useRef, type ReactElement, type ReactNode } from "react";

export interface DialogProps {
  title: string;
  description?: ReactNode;
  /** The button that opens it; leave it out and give `open` to hold the state yourself. */
  trigger?: ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
  wide?: boolean;
}

export const backdropStyle = "fixed inset-0 z-40 bg-[rgb(8_10_14/45%)]";
export const popupStyle =
  "fixed top-[12vh] left-1/2 z-50 max-h-[78vh] w-[calc(100vw-2rem)] -translate-x-1/2 overflow-y-auto rounded-lg border border-line bg-raised shadow-float outline-none";

const firstField = "form :is(input:not([type=hidden]), select, textarea)";

/** A question that must be answered before going on. Escape closes it and gives the focus back. */
export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  children,
  wide = false,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className={backdropStyle} />
        <Base.Popup
          ref={popup}
          // A form is there to be filled in: its first field, not the button that closes it.
          initialFocus={() => popup.current?.querySelector<HTMLElement>(firstField) ?? true}
          className={`${popupStyle} ${wide ? "max-w-[640px]" : "max-w-[440px]"}`}
        >
          <header className="flex items-start gap-3 px-4 pt-3.5">
            <div>
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description && (
                <Base.Description className="mt-0.5 text-sm text-ink-2">{description}</Base.Description>
              )}
            </div>
            <Base.Close className="ml-auto rounded-sm px-1.5 text-sm text-ink-3 hover:text-ink">
              Close
            </Base.Close>
          </header>
          <div className="px-4 py-3.5">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
