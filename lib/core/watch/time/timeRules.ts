import type { WatchRule } from "../WatchRule.ts";
import { timeApprovalEnding } from "./time.approval-ending.ts";
import { timeAttestationDue } from "./time.attestation-due.ts";
import { timeAttestationOverdue } from "./time.attestation-overdue.ts";
import { timeKeyLeakedStillApproved } from "./time.key-leaked-still-approved.ts";
import { timeKeyOverdue } from "./time.key-overdue.ts";
import { timeKeyShared } from "./time.key-shared.ts";
import { timeRotationMissed } from "./time.rotation-missed.ts";
import type { TimeSubject } from "./TimeSubject.ts";

/** Every rule about what time does to keys, copies and approvals. */
export const timeRules: readonly WatchRule<TimeSubject>[] = [
  timeKeyLeakedStillApproved,
  timeKeyOverdue,
  timeKeyShared,
  timeRotationMissed,
  timeAttestationDue,
  timeAttestationOverdue,
  timeApprovalEnding,
];
