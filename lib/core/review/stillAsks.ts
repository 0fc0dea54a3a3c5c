import type { Role } from "../role.ts";

/** Whether the word of somebody who asked for trust to grow still counts: they are here and may review. */
export function stillAsks(person: { readonly active: boolean; readonly role: Role }): boolean {
  return person.active && (person.role === "reviewer" || person.role === "admin");
}
