import type { ClientHeader } from "#lib/views/clients/clientHeader.ts";

/** What every part of a client's screen is given. */
export interface TabProps {
  readonly client: ClientHeader;
  readonly params: Readonly<Record<string, string | string[] | undefined>>;
}
