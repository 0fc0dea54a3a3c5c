import type { RiskTier } from "#lib/core/client.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { ExplainedRedirect } from "./ExplainedRedirect.ts";

export type DifferenceSeverity = RiskTier | "info";

export interface DifferenceLine {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
  /** What follows from it, for the end of the line. */
  readonly note?: string;
}

/** One member that differs between two documents: in words first, then the lines. */
export interface Difference {
  readonly field: string;
  readonly severity: DifferenceSeverity;
  readonly sentence: string;
  readonly why: string;
  readonly lines: readonly DifferenceLine[];
}

export interface Compared {
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
  readonly redirects: readonly ExplainedRedirect[];
}

const order: readonly DifferenceSeverity[] = ["critical", "high", "medium", "low", "info"];

/**
 * What differs between the approved document and the one asked for, by effective metadata, most serious first.
 * Arrays are compared as sets, keys by thumbprint. Without an approved document there is nothing to compare.
 */
export function describeDifferences(before: Compared, after: Compared): Difference[] {
  return [
    redirects(before, after),
    authentication(before, after),
    keys(before, after),
    ...sets(before.metadata, after.metadata),
    ...values(before.metadata, after.metadata),
    ...others(before.metadata, after.metadata),
  ]
    .filter((each) => each !== undefined)
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

const exposure: Record<string, DifferenceSeverity> = {
  same_host: "medium",
  same_site: "medium",
  loopback: "high",
  private_scheme: "high",
  shared_host: "high",
  other_site: "critical",
};

function redirects(before: Compared, after: Compared): Difference | undefined {
  const had = new Set(before.redirects.map((each) => each.uri));
  const has = new Set(after.redirects.map((each) => each.uri));
  const gained = after.redirects.filter((each) => !had.has(each.uri));
  const lost = before.redirects.filter((each) => !has.has(each.uri));
  if (gained.length + lost.length === 0) return undefined;
  const worst = gained
    .map((each) => ({ each, severity: exposure[each.class] ?? ("critical" as const) }))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))[0];
  const lines: DifferenceLine[] = [
    ...before.redirects
      .filter((each) => has.has(each.uri))
      .map((each) => ({ sign: " ", text: each.uri, note: each.words }) as const),
    ...lost.map((each) => ({ sign: "-", text: each.uri, note: "left the allowlist at once" }) as const),
    ...gained.map((each) => ({ sign: "+", text: each.uri, note: each.words }) as const),
  ];
  if (!worst)
    return {
      field: "redirect_uris",
      severity: "low",
      sentence: lost.length === 1 ? "One callback was removed" : `${lost.length} callbacks were removed`,
      why: "Sign-ins that still end there fail. What a document loses leaves the allowlist at once; nothing waits for you here.",
      lines,
    };
  const host = visibleText(URL.parse(worst.each.uri)?.host || worst.each.uri, 80);
  return {
    field: "redirect_uris",
    severity: worst.severity,
    sentence: redirectSentence(worst.each.class, host),
    why: redirectWhy(worst.each.class, host),
    lines,
  };
}

function redirectSentence(kind: string, host: string): string {
  if (kind === "other_site") return `Codes could now go to a different organisation: ${host}`;
  if (kind === "loopback") return "Codes could now go to programs on the person's own computer";
  if (kind === "private_scheme") return "Codes could now go to an installed app";
  if (kind === "shared_host") return `Codes could now go to shared hosting: ${host}`;
  if (kind === "http_remote") return `Codes could now travel unencrypted to ${host}`;
  if (kind === "invalid") return "A callback was added that is no usable URL";
  return `Codes could now go to another address on ${host}`;
}

function redirectWhy(kind: string, host: string): string {
  if (kind === "other_site")
    return `An authorization code sent there can be redeemed by whoever runs ${host}. No approved callback uses this site.`;
  if (kind === "loopback")
    return "Any program on that computer can listen there. That is usual for command-line tools and unusual for web applications.";
  if (kind === "private_scheme")
    return "Another app on the same device may claim the scheme and receive the code instead.";
  if (kind === "shared_host")
    return "Other tenants of the platform are neighbours: an abandoned name can be taken over by anybody.";
  if (kind === "http_remote") return "Anyone on the way can read the code and redeem it.";
  if (kind === "invalid")
    return "Servers disagree about what such a text means; none may be trusted with a code.";
  return "The same organisation runs it, but it is another program that receives codes from now on.";
}

function authentication({ metadata: a }: Compared, { metadata: b }: Compared): Difference | undefined {
  const before = a.token_endpoint_auth_method;
  const after = b.token_endpoint_auth_method;
  if (before === after) return undefined;
  const lines: DifferenceLine[] = [
    { sign: "-", text: before },
    { sign: "+", text: after, note: after === "none" ? "no authentication" : undefined },
  ];
  if (after === "none")
    return {
      field: "token_endpoint_auth_method",
      severity: "critical",
      sentence: "It would no longer authenticate itself",
      why: "Whoever catches a code or a refresh token could then use it without the client's key.",
      lines,
    };
  return {
    field: "token_endpoint_auth_method",
    severity: "medium",
    sentence: `It would authenticate with ${visibleText(after, 60)} instead of ${visibleText(before, 60)}`,
    why: "A server that knows only the old way refuses the client until it learns the new one.",
    lines,
  };
}

function keys(before: Compared, after: Compared): Difference | undefined {
  const thumbprint = (key: ParsedKey) => key.jkt ?? "";
  const had = before.keys.map(thumbprint).filter(Boolean);
  const has = after.keys.map(thumbprint).filter(Boolean);
  const gained = after.keys.filter((key) => key.jkt && !had.includes(key.jkt));
  const lost = before.keys.filter((key) => key.jkt && !has.includes(key.jkt));
  if (gained.length + lost.length === 0) return undefined;
  const kept = after.keys.filter((key) => key.jkt && had.includes(key.jkt));
  const text = (key: ParsedKey) =>
    [key.jkt, key.kid && visibleText(key.kid, 40), key.alg ?? key.kty].filter(Boolean).join(" · ");
  const lines: DifferenceLine[] = [
    ...kept.map((key) => ({ sign: " ", text: text(key) }) as const),
    ...lost.map((key) => ({ sign: "-", text: text(key), note: "left the allowlist at once" }) as const),
    ...gained.map((key) => ({ sign: "+", text: text(key), note: "waits for approval" }) as const),
  ];
  if (gained.length === 0)
    return {
      field: "jwks",
      severity: "low",
      sentence: lost.length === 1 ? "A key was removed" : `${lost.length} keys were removed`,
      why: "A removed key is refused at once: it may be an emergency.",
      lines,
    };
  if (kept.length === 0 && had.length > 0)
    return {
      field: "jwks",
      severity: "high",
      sentence: "Every key was replaced at once",
      why: "Without an overlap this looks the same as a takeover. Ask the owner whether it was meant.",
      lines,
    };
  return {
    field: "jwks",
    severity: "low",
    sentence: gained.length === 1 ? "A key was added" : `${gained.length} keys were added`,
    why: "A planned rotation adds the new key while the old one still works.",
    lines,
  };
}

type SetField =
  "scope" | "grant_types" | "response_types" | "token_endpoint_auth_methods_supported" | "contacts";

const setWords: Record<
  SetField,
  { severity: DifferenceSeverity; gained: string; lost: string; why: string }
> = {
  scope: {
    severity: "high",
    gained: "It may ask for more",
    lost: "It asks for less",
    why: "The grant below still limits what it gets; a wider document makes a wider grant easy to ask for.",
  },
  grant_types: {
    severity: "high",
    gained: "It may get tokens in another way",
    lost: "It gives up a way to get tokens",
    why: "Each way has its own risks: some need no person present.",
  },
  response_types: {
    severity: "high",
    gained: "It may be answered in another form",
    lost: "It gives up a form of answer",
    why: "Tokens in a URL end up in histories and logs (RFC 9700 §2.1.2).",
  },
  token_endpoint_auth_methods_supported: {
    severity: "medium",
    gained: "It offers another way to authenticate",
    lost: "It no longer offers a way to authenticate",
    why: "A server picks one of them; the allowlist pins the approved one.",
  },
  contacts: {
    severity: "info",
    gained: "Its contacts changed",
    lost: "Its contacts changed",
    why: "Whom to ask when something is wrong.",
  },
};

function sets(a: EffectiveMetadata, b: EffectiveMetadata): (Difference | undefined)[] {
  return (Object.keys(setWords) as SetField[]).map((field) => {
    const gained = b[field].filter((each) => !a[field].includes(each));
    const lost = a[field].filter((each) => !b[field].includes(each));
    if (gained.length + lost.length === 0) return undefined;
    const { severity, gained: more, lost: less, why } = setWords[field];
    const weaker = field === "token_endpoint_auth_methods_supported" && gained.includes("none");
    return {
      field,
      severity: gained.length === 0 ? "low" : weaker ? "critical" : severity,
      sentence: `${gained.length > 0 ? more : less}: ${[...gained, ...(gained.length > 0 ? [] : lost)].map((each) => visibleText(each, 60)).join(", ")}`,
      why,
      lines: [
        ...a[field].map((each) => ({ sign: lost.includes(each) ? "-" : " ", text: each }) as const),
        ...gained.map((each) => ({ sign: "+", text: each }) as const),
      ],
    };
  });
}

type ValueField =
  | "client_id"
  | "client_name"
  | "client_uri"
  | "logo_uri"
  | "jwks_uri"
  | "application_type"
  | "token_endpoint_auth_signing_alg"
  | "software_id"
  | "software_version"
  | "tos_uri"
  | "policy_uri";

const valueWords: Record<ValueField, readonly [DifferenceSeverity, string, string]> = {
  client_id: [
    "critical",
    "The document names another client",
    "Every server refuses a document that is not about its own address.",
  ],
  client_name: [
    "high",
    "The name people see changed",
    "People recognise a client by its name on the consent screen; nobody but its publisher vouches for it.",
  ],
  jwks_uri: [
    "high",
    "Its keys come from another address",
    "Whoever runs that address decides which keys may speak for the client.",
  ],
  logo_uri: ["medium", "The logo moved", "People recognise a client by its picture on the consent screen."],
  client_uri: ["medium", "Its home page moved", "It is the address people are sent to for questions."],
  application_type: [
    "medium",
    "It calls itself another kind of application",
    "Native applications may use callbacks that web applications may not.",
  ],
  token_endpoint_auth_signing_alg: [
    "medium",
    "It signs with another algorithm",
    "A server that does not know the algorithm refuses the client.",
  ],
  software_id: [
    "high",
    "It is other software",
    "The identifier stays the same for the life of a product (RFC 7591 §2).",
  ],
  software_version: ["info", "Its version changed", "Nothing follows from it."],
  tos_uri: ["low", "Its terms moved", "The address people are sent to for its terms."],
  policy_uri: ["low", "Its privacy policy moved", "The address people are sent to for its privacy policy."],
};

function values(a: EffectiveMetadata, b: EffectiveMetadata): (Difference | undefined)[] {
  return (Object.keys(valueWords) as ValueField[]).map((field) => {
    const before = a[field];
    const after = b[field];
    if (before === after) return undefined;
    const [severity, words, why] = valueWords[field];
    const short = (before?.length ?? 0) + (after?.length ?? 0) < 60;
    return {
      field,
      severity,
      sentence:
        field === "software_version" || (field === "client_name" && short)
          ? `${words}: ${visibleText(before ?? "none", 60)} → ${visibleText(after ?? "none", 60)}`
          : words,
      why,
      lines: [
        ...(before === undefined ? [] : [{ sign: "-", text: before } as const]),
        ...(after === undefined ? [] : [{ sign: "+", text: after } as const]),
      ],
    };
  });
}

function others(a: EffectiveMetadata, b: EffectiveMetadata): Difference[] {
  const names = [...new Set([...Object.keys(a.other), ...Object.keys(b.other)])].sort();
  return names.flatMap((field) => {
    const before = a.other[field] === undefined ? undefined : JSON.stringify(a.other[field]);
    const after = b.other[field] === undefined ? undefined : JSON.stringify(b.other[field]);
    if (before === after) return [];
    const verb = before === undefined ? "was added" : after === undefined ? "was removed" : "changed";
    return [
      {
        field: visibleText(field, 60),
        severity: "medium" as const,
        sentence: `${visibleText(field, 60)} ${verb}`,
        why: "Rollcall gives this member no meaning. A server that does may act on it.",
        lines: [
          ...(before === undefined ? [] : [{ sign: "-", text: before } as const]),
          ...(after === undefined ? [] : [{ sign: "+", text: after } as const]),
        ],
      },
    ];
  });
}
