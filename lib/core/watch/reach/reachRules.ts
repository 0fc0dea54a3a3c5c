import type { WatchRule } from "../WatchRule.ts";
import type { ReachSubject } from "./ReachSubject.ts";
import { reachCertificateIssuerChanged } from "./rules/certificate-issuer-changed.ts";
import { reachChallenged } from "./rules/challenged.ts";
import { reachFlapping } from "./rules/flapping.ts";
import { reachGone } from "./rules/gone.ts";
import { reachKeySetUnreachable } from "./rules/key-set-unreachable.ts";
import { reachMoved } from "./rules/moved.ts";
import { reachRefusedAddress } from "./rules/refused-address.ts";
import { reachUnreachable } from "./rules/unreachable.ts";
import { reachUnreadable } from "./rules/unreadable.ts";

/** Every rule about reaching a document: whether there is one, what stands in its place, and who answers. */
export const reachRules: readonly WatchRule<ReachSubject>[] = [
  reachRefusedAddress,
  reachGone,
  reachMoved,
  reachUnreadable,
  reachUnreachable,
  reachChallenged,
  reachKeySetUnreachable,
  reachFlapping,
  reachCertificateIssuerChanged,
];
