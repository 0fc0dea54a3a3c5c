import clsx from "clsx";
import { Breakable } from "./Breakable.tsx";

/** A client_id (or any URL compared byte by byte): the host is strong, the rest quiet. The text is never changed. */
export function ClientIdText({ value, wrap = false }: { value: string; wrap?: boolean }) {
  const parts = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(value);
  return (
    <span
      className={clsx(
        "font-mono text-[12.3px] text-ink-3",
        wrap ? "[overflow-wrap:anywhere]" : "max-md:[overflow-wrap:anywhere]",
      )}
      translate="no"
    >
      {parts ? (
        <>
          {parts[1]}
          <b className="font-semibold text-ink">{parts[2]}</b>
          {wrap ? <Breakable text={parts[3] ?? ""} /> : parts[3]}
        </>
      ) : (
        value
      )}
    </span>
  );
}
