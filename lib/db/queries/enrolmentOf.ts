import { rootOfStoredKeySet } from "#lib/core/rootKeySet/readStoredKeySet.ts";
import type { Read } from "../Database.ts";
import { find, type Row } from "../rows.ts";
import { latestHead } from "./latestHead.ts";

/**
 * The enrolment string a new server starts from: its head's URL, the root it follows from the first key set on where there
 * are key sets, and the lowest seq it may accept.
 */
export async function enrolmentOf(db: Read, baseUrl: string, audience: Row<"audience">): Promise<string> {
  const head = await latestHead(db, audience.id);
  const first = await find(db, "keySet", { version: 1 });
  const hints = [
    ...(first ? [`root=${rootOfStoredKeySet(first.jws)}`] : []),
    ...(head ? [`min_seq=${head.seq}`] : []),
  ];
  const fragment = hints.length > 0 ? `#${hints.join("&")}` : "";
  return `${baseUrl}/v1/lists/${audience.slug}/head${fragment}`;
}
