import Link from "next/link";
import { Standalone } from "#components/Standalone.tsx";
import { buttonStyle } from "#components/buttonStyle.ts";

export const metadata = { title: "Not here" };

export default function NotFound() {
  return (
    <Standalone title="There is nothing at this address">
      <p className="text-ink-2">
        The link may be old, or what it named was never there. Nothing was changed. Clients and releases are
        never deleted, so a search finds them.
      </p>
      <p>
        <Link href="/" className={buttonStyle("primary")}>
          Go to the overview
        </Link>
      </p>
    </Standalone>
  );
}
