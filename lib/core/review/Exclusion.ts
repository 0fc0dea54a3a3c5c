/** Members that hold a set: what is accepted of them is told value by value. `keys` are RFC 7638 thumbprints. */
export const setMembers = [
  "redirect_uris",
  "grant_types",
  "response_types",
  "scope",
  "token_endpoint_auth_methods_supported",
  "keys",
] as const;

export type SetMember = (typeof setMembers)[number];

/**
 * A part of a snapshot that was not accepted when the rest was approved: a value of a set, or a whole member with the
 * value that stays approved instead (absent: the member stays away).
 */
export type Exclusion =
  | {
      readonly member: SetMember;
      readonly value: string;
      /** The publisher took it away, nobody here left it out: when it returns it is news. */
      readonly removed?: true;
    }
  | { readonly member: string; readonly before?: unknown; readonly value?: undefined };
