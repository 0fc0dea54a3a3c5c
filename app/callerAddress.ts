import { headers } from "next/headers";

/** The network address a request came from, as the machines' door says; it overwrites what a caller claims. */
export async function callerAddress(): Promise<string> {
  return (await headers()).get("x-rollcall-address") ?? "unknown";
}
