import type { KeyState } from "#lib/core/keyLife.ts";
import { Chip, type Tone } from "../Chip.tsx";
import type { ShapeName } from "../Shape.tsx";

const looks: Record<KeyState, readonly [Tone, ShapeName, string]> = {
  active: ["ok", "tick", "signs"],
  next: ["accent", "ring", "signs next"],
  retiring: ["hold", "half", "still verifies"],
  retired: ["plain", "minus", "retired"],
  revoked: ["stop", "cross", "revoked"],
};

/** What a signing key does now, in a word. */
export function SigningKeyStateChip({ state }: { state: KeyState }) {
  const [tone, shape, word] = looks[state];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
    </Chip>
  );
}
