/** A well-known name and the domains that may use it. */
export interface Brand {
  readonly word: string;
  readonly domains: readonly string[];
}

const anthropic = ["anthropic.com", "claude.ai", "claude.com"];
const openai = ["openai.com", "chatgpt.com"];
const google = ["google.com", "google.dev", "withgoogle.com"];
const microsoft = ["microsoft.com", "vscode.dev", "visualstudio.com", "live.com", "office.com", "azure.com"];

/** Names worth impersonating on a consent screen. Words that are also plain English are left out. */
export const brands: readonly Brand[] = [
  { word: "anthropic", domains: anthropic },
  { word: "claude", domains: anthropic },
  { word: "openai", domains: openai },
  { word: "chatgpt", domains: openai },
  { word: "google", domains: google },
  { word: "gmail", domains: google },
  { word: "microsoft", domains: microsoft },
  { word: "visual studio code", domains: microsoft },
  { word: "vscode", domains: microsoft },
  { word: "github", domains: ["github.com", "githubcopilot.com"] },
  { word: "gitlab", domains: ["gitlab.com"] },
  { word: "slack", domains: ["slack.com"] },
  { word: "atlassian", domains: ["atlassian.com", "atlassian.net"] },
  { word: "salesforce", domains: ["salesforce.com", "force.com"] },
  { word: "dropbox", domains: ["dropbox.com"] },
  { word: "hubspot", domains: ["hubspot.com"] },
  { word: "servicenow", domains: ["servicenow.com", "service-now.com"] },
  { word: "cloudflare", domains: ["cloudflare.com"] },
  { word: "facebook", domains: ["facebook.com", "fb.com"] },
  { word: "linkedin", domains: ["linkedin.com"] },
  { word: "paypal", domains: ["paypal.com"] },
];
