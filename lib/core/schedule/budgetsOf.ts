import { owningDomain } from "../domain/owningDomain.ts";

/**
 * The budgets a fetch from a host is charged to: the host's and its registrable domain's, by the Public Suffix List with
 * its private section, so that tenants of a platform do not use up one another's. One, when both are the same name.
 * Take from each and wait for the later.
 */
export function budgetsOf(host: string): readonly string[] {
  const { host: name, label } = owningDomain(host);
  return name === label ? [name] : [name, label];
}
