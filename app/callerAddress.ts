import { headers } from "next/headers";

/** The network address a request came from, as the machines' door (or a proxy before it) says. */
export async function callerAddress(): Promise<string> {
  const sent = await headers();
  return (sent.get("x-rollcall-address") ?? sent.get("x-forwarded-for")?.split(",")[0] ?? "unknown")
    .trim()
    .slice(0, 100);
}
