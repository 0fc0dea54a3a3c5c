import type { ReactNode } from "react";
import { ClientIdText } from "../ClientIdText.tsx";

/** The face of a client over its screens: initials (a remote logo is never loaded), a title, its URL, chips. */
export function ClientIdentity({
  name,
  title,
  clientId,
  chips,
}: {
  name: string;
  /** Instead of the name: what is going on with it. */
  title?: string;
  clientId: string;
  chips: ReactNode;
}) {
  return (
    <div className="flex items-start gap-3">
      <span
        aria-hidden="true"
        className="grid size-10 shrink-0 place-items-center rounded-[9px] border border-line bg-sunken font-semibold text-ink-2 max-md:hidden"
      >
        {[...name].slice(0, 2).join("")}
      </span>
      <div className="min-w-0">
        <p className="text-xl leading-[26px] font-semibold tracking-[-0.01em] [overflow-wrap:anywhere]">
          {title ?? name}
        </p>
        <p className="mt-[3px]">
          <ClientIdText value={clientId} wrap />
        </p>
        <div className="mt-1.5 flex flex-wrap gap-1.5">{chips}</div>
      </div>
    </div>
  );
}
