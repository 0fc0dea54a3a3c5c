import { visibleText } from "#lib/core/document/visibleText.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachCertificateIssuerChanged: WatchRule<ReachSubject> = {
  id: "reach.certificate-issuer-changed",
  severity: "high",
  title: "Another network with a certificate from another issuer",
  rationale:
    "A renewal changes one of the two. Both at once is how a name looks that was moved to another host, or taken over there.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.3 (the comparison is ours)",
  run({ connections }) {
    const [before, after] = [connections?.before, connections?.after];
    if (!before?.issuer || !after?.issuer || !before.address || !after.address) return [];
    if (before.issuer === after.issuer) return [];
    if (networkOf(before.address) === networkOf(after.address)) return [];
    const message = `The document now comes from another network (${visibleText(after.address, 60)} instead of ${visibleText(before.address, 60)}) with a certificate of another issuer ("${visibleText(after.issuer, 120)}" instead of "${visibleText(before.issuer, 120)}").`;
    return [{ message, value: "" }];
  },
};

/** The family of an address and the block it lies in: a /16 for IPv4, a /32 for IPv6. */
function networkOf(address: string): string {
  if (!address.includes(":")) return address.split(".").slice(0, 2).join(".");
  const [head = ""] = address.split("::");
  const groups = head.split(":").map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
  return `${groups[0] || "0"}:${groups[1] ?? "0"}`;
}
