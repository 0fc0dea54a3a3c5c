import { signCompact } from "./signCompact.ts";
import type { Signer } from "./Signer.ts";

/** Has a signer sign something that can be taken for no head and no key set. Throws an Error that says what is wrong. */
export async function probeSigner(signer: Signer): Promise<void> {
  await signCompact(signer, { probe: signer.kid }, "rollcall-probe+jwt");
}
