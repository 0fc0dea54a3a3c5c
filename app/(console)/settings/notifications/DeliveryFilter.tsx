import { deliveryLooks } from "#components/channels/deliveryWords.ts";
import { Segments } from "#components/Segments.tsx";
import { deliveryStates, type DeliveryState } from "#lib/core/notice/DeliveryState.ts";

/** The states of a delivery as links. */
export function DeliveryFilter({ path, state }: { path: string; state?: DeliveryState }) {
  return (
    <Segments
      label="State"
      items={[
        { href: path, label: "All", current: state === undefined },
        ...deliveryStates.map((each) => ({
          href: `${path}?state=${each}`,
          label: sentenceCase(deliveryLooks[each][2]),
          current: each === state,
        })),
      ]}
    />
  );
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
