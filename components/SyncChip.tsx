import type { Sync } from "#lib/core/client.ts";
import { Chip, type Tone } from "./Chip.tsx";
import type { ShapeName } from "./Shape.tsx";

const looks: Record<Sync, readonly [Tone, ShapeName, string]> = {
  never_fetched: ["plain", "dashed", "never read"],
  in_sync: ["ok", "dot", "in sync"],
  held: ["hold", "half", "held"],
  challenged: ["info", "ring", "challenged"],
  unreachable: ["info", "minus", "unreachable"],
  gone: ["stop", "cross", "gone"],
};

/** How the live document stands to the approved one. `detail` adds a word: "held · redirects". */
export function SyncChip({ sync, detail }: { sync: Sync; detail?: string }) {
  const [tone, shape, word] = looks[sync];
  return (
    <Chip tone={tone} shape={shape}>
      {word}
      {detail ? ` · ${detail}` : ""}
    </Chip>
  );
}
