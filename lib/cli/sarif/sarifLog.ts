import { sha256Hex } from "#lib/core/sha256.ts";
import type { KnownRule } from "#lib/core/rules/KnownRule.ts";
import { regionsIn } from "./regionsIn.ts";
import type { SarifLevel, SarifLocation, SarifLog, SarifResult, SarifRule } from "./Sarif.ts";

/** What was judged, with the texts that its findings point into. */
export interface SarifSubject {
  readonly document: SarifFile;
  /** A key set that is a file of its own. */
  readonly keySet?: SarifFile;
  readonly findings: readonly SarifFinding[];
}

export interface SarifFile {
  /** A relative or absolute URI. */
  readonly uri: string;
  /** Absent when there was nothing to read. */
  readonly text?: string;
}

export interface SarifFinding {
  readonly rule: string;
  readonly severity: KnownRule["severity"];
  readonly message: string;
  /** As in a check's problem: a JSON Pointer, "client_id", "response", or `jwks#` and a pointer. */
  readonly path: string;
}

const levels: Readonly<Record<KnownRule["severity"], SarifLevel>> = {
  error: "error",
  critical: "error",
  high: "error",
  warning: "warning",
  medium: "warning",
  low: "note",
  info: "note",
};

/**
 * One SARIF 2.1.0 log of one run.
 *
 * @param rules every rule that ran, whether it found something or not
 * @param baseUrl of the console, whose pages explain the rules
 */
export function sarifLog({
  command,
  rules,
  subjects,
  baseUrl,
}: {
  readonly command: string;
  readonly rules: readonly KnownRule[];
  readonly subjects: readonly SarifSubject[];
  readonly baseUrl: string;
}): SarifLog {
  const files = new Map<string, number>();
  for (const { document, keySet } of subjects) {
    for (const { uri } of keySet === undefined ? [document] : [document, keySet])
      if (!files.has(uri)) files.set(uri, files.size);
  }
  const order = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Rollcall",
            informationUri: `${baseUrl}/rules`,
            rules: rules.map((rule) => descriptorOf(rule, baseUrl)),
          },
        },
        automationDetails: { id: `rollcall-${command}/` },
        columnKind: "utf16CodeUnits",
        artifacts: [...files.keys()].map((uri) => ({ location: { uri } })),
        results: subjects.flatMap((subject) => resultsOf(subject, order, files)),
      },
    ],
  };
}

function descriptorOf(rule: KnownRule, baseUrl: string): SarifRule {
  const { id, kind, severity, title, rationale, clause } = rule;
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: rationale },
    help: { text: `${rationale}\n\nClause: ${clause}` },
    helpUri: `${baseUrl}/rules/${id}`,
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ["oauth", "client-id-metadata", kind] },
  };
}

function resultsOf(
  { document, keySet, findings }: SarifSubject,
  order: ReadonlyMap<string, number>,
  files: ReadonlyMap<string, number>,
): SarifResult[] {
  const inDocument = regionsIn(document.text ?? "");
  const inKeySet = regionsIn(keySet?.text ?? "");
  const members = (file: SarifFile, pointer: string, region = inDocument(pointer)): SarifLocation => ({
    physicalLocation: { artifactLocation: { uri: file.uri, index: files.get(file.uri) ?? -1 }, region },
    ...(pointer === "" ? {} : { logicalLocations: [{ fullyQualifiedName: pointer, kind: "member" }] }),
  });
  const placeOf = (path: string): SarifLocation => {
    if (path === "client_id") return members(document, "/client_id");
    if (!path.startsWith("jwks#")) return members(document, path.startsWith("/") ? path : "");
    const pointer = path.slice("jwks#".length);
    return keySet === undefined
      ? members(document, "/jwks_uri")
      : members(keySet, pointer, inKeySet(pointer));
  };
  const times = new Map<string, number>();
  const fingerprint = (rule: string, path: string) => {
    const place = [rule, document.uri, path].join("\n");
    const time = times.get(place) ?? 0;
    times.set(place, time + 1);
    // Without the message, which names values that may change while the finding is the same.
    return sha256Hex(`${place}\n${time}`);
  };
  return findings.map(({ rule, severity, message, path }) => ({
    ruleId: rule,
    ruleIndex: order.get(rule) ?? -1,
    level: levels[severity],
    message: { text: plain(message) },
    locations: [placeOf(path)],
    partialFingerprints: { "rollcall/v1": fingerprint(rule, path) },
    properties: { severity, path },
  }));
}

/** Free of links: `[…](…)` in a message is one (SARIF 2.1.0 §3.11.6), and documents may contain anything. */
function plain(message: string): string {
  return message.replaceAll(/\[(?=[^\]]*\]\()/g, "\\[");
}
