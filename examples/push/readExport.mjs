import { createHash } from "node:crypto";

/**
 * Reads the plain-JSON export of a list. Anything but a whole, current export throws: an error is never an empty list.
 *
 * @returns {Promise<{list: string, rev: number, approved: Map<string, {entry: object, digest: string}>}>}
 */
export async function readExport({ url, token, now }) {
  const answer = await fetch(url, {
    headers: token ? { authorization: `Bearer ${token}` } : {},
    redirect: "error",
    signal: AbortSignal.timeout(30_000),
  });
  if (answer.status !== 200)
    throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  const { list, rev, exp, entries } = await answer.json();
  if (
    typeof list !== "string" ||
    !Number.isSafeInteger(rev) ||
    !Number.isSafeInteger(exp) ||
    !isObject(entries)
  )
    throw new Error(`${url} is not a plain-JSON export of a list (…/export/json).`);
  if (exp * 1000 <= now)
    throw new Error("The export has ended: Rollcall does not publish. Nothing was changed.");
  const approved = new Map();
  for (const [clientId, entry] of Object.entries(entries)) {
    if (entry.status !== "allow") continue;
    const digest = createHash("sha256").update(JSON.stringify(entry)).digest("hex").slice(0, 32);
    approved.set(clientId, { entry, digest });
  }
  return { list, rev, approved };
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
