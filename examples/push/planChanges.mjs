/**
 * What has to happen so that a tenant has who is approved, and nobody else of those we put there. Those who lose
 * their approval come first: they must not wait behind a rate limit. What we did not make is left alone, unless named in
 * `adopt`; so is what somebody switched off by hand: where we did it, we took the digest away.
 *
 * @param {{
 *   approved: Map<string, {entry: object, digest: string}>,
 *   existing: {id: string, clientId: string, ours: boolean, active: boolean, digest?: string}[],
 *   limit: (clientId: string, entry: object) => string | undefined,
 *   adopt?: Set<string>,
 * }} facts
 * @returns {{act: "disable" | "create" | "update" | "adopt" | "restore" | "leave" | "cannot", clientId: string, id?: string, why?: string}[]}
 */
export function planChanges({ approved, existing, limit, adopt = new Set() }) {
  const steps = [];
  const known = new Map();
  for (const app of existing) {
    const { id, clientId } = app;
    known.set(clientId, app);
    if (app.ours && app.active && !approved.has(clientId))
      steps.push({ act: "disable", clientId, id, why: "It is not approved any more." });
    else if (!app.ours && !approved.has(clientId))
      steps.push({
        act: "leave",
        clientId,
        id,
        why: "It is not approved, but somebody else made it: look at it.",
      });
  }
  for (const [clientId, { entry, digest }] of approved) {
    const app = known.get(clientId);
    const why = limit(clientId, entry);
    if (why) steps.push({ act: "cannot", clientId, why });
    else if (!app) steps.push({ act: "create", clientId });
    else if (!app.ours && !adopt.has(clientId))
      steps.push({
        act: "leave",
        clientId,
        id: app.id,
        why: "Somebody else made it; --adopt takes it over.",
      });
    else if (!app.ours) steps.push({ act: "adopt", clientId, id: app.id });
    else if (!app.active && app.digest && !adopt.has(clientId))
      steps.push({
        act: "leave",
        clientId,
        id: app.id,
        why: "Somebody switched it off; --adopt switches it on.",
      });
    else if (!app.active) steps.push({ act: "restore", clientId, id: app.id });
    else if (app.digest !== digest)
      steps.push({ act: "update", clientId, id: app.id, why: "What is approved has changed." });
  }
  return steps;
}
