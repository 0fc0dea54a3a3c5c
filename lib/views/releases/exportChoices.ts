import { adapters } from "#lib/adapters/adapters.ts";
import { limitSentence } from "#lib/adapters/limits.ts";

export interface ExportChoice {
  readonly name: string;
  /** As people call the product. */
  readonly title: string;
  readonly url: string;
  /** Admits whole hosts: the URL says that this is accepted. */
  readonly wholeHosts: boolean;
  /** Sentences. */
  readonly cannotExpress: readonly string[];
  /** Its page in docs/. */
  readonly page: string;
}

/** The products a list can be written for, by title, with the URLs to fetch it from. */
export function exportChoices(baseUrl: string, list: string): ExportChoice[] {
  return adapters
    .map(({ name, title, grain, cannotExpress }) => ({
      name,
      title,
      url: `${baseUrl}/v1/lists/${list}/export/${name}${grain === "host" ? "?accept=host" : ""}`,
      wholeHosts: grain === "host",
      cannotExpress: cannotExpress.map(limitSentence),
      page: name === "json" ? "docs/api.md" : `docs/servers/${name}.md`,
    }))
    .sort((a, b) => a.title.localeCompare(b.title, "en"));
}
