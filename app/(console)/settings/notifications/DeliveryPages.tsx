import { LinkButton } from "#components/LinkButton.tsx";
import type { DeliveryQuery } from "./readDeliveryQuery.ts";

/** To the newest page and to the next older one. */
export function DeliveryPages({
  path,
  query,
  next,
}: {
  path: string;
  query: DeliveryQuery;
  next: string | null;
}) {
  if (!next && !query.cursor) return null;
  const state = query.state ? `state=${query.state}` : "";
  return (
    <p className="flex gap-2 border-t border-line px-3.5 py-2.5">
      {query.cursor && <LinkButton href={`${path}?${state}`}>Newest</LinkButton>}
      {next && (
        <LinkButton href={`${path}?${[state, `cursor=${next}`].filter(Boolean).join("&")}`}>Older</LinkButton>
      )}
    </p>
  );
}
