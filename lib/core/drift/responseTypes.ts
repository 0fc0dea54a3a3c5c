import type { DriftSide } from "./DriftSubject.ts";

/** Response types with their words in one order: "token id_token" is "id_token token" (OAuth 2.0 Multiple Response Types §2). */
export function responseTypes({ metadata }: DriftSide): string[] {
  return metadata.response_types.map((type) => type.split(" ").filter(Boolean).sort().join(" "));
}
