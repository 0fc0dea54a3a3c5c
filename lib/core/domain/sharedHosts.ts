/** A platform that gives names or paths to strangers. */
export interface SharedHost {
  readonly name: string;
  /** Whether strangers get a name below it, or a path on it. */
  readonly tenants: "subdomain" | "path";
  readonly isTunnel: boolean;
}

// Tunnels hand a name to whoever connects next. Those in the Public Suffix List are repeated to mark them as tunnels.
const tunnels = [
  "bore.pub",
  "devtunnels.ms",
  "expose.sh",
  "gitpod.io",
  "lhr.life",
  "lhr.rocks",
  "loca.lt",
  "localhost.run",
  "localto.net",
  "localtonet.com",
  "localtunnel.me",
  "ngrok-free.app",
  "ngrok-free.dev",
  "ngrok.app",
  "ngrok.dev",
  "ngrok.io",
  "pagekite.me",
  "pinggy.io",
  "pinggy.link",
  "serveo.net",
  "serveousercontent.com",
  "sharedwithexpose.com",
  "telebit.io",
  "trycloudflare.com",
  "tunnelmole.net",
  "zrok.io",
];

// Names below these belong to tenants, or resolve to whatever the name itself says, and the list does not know it.
const platforms = ["nip.io", "sslip.io", "neocities.org", "surge.sh", "glitch.me", "csb.app"];

// Tenants are told apart by path only: the host name says nothing about who wrote the document.
const byPath = [
  "raw.githubusercontent.com",
  "gist.githubusercontent.com",
  "raw.githack.com",
  "rawcdn.githack.com",
  "cdn.jsdelivr.net",
  "unpkg.com",
  "esm.sh",
  "storage.googleapis.com",
  "firebasestorage.googleapis.com",
  "s3.amazonaws.com",
  "dl.dropboxusercontent.com",
  "pastebin.com",
  "sites.google.com",
  "client.dev",
];

const known = new Map<string, SharedHost>([
  ...tunnels.map((name): [string, SharedHost] => [name, { name, tenants: "subdomain", isTunnel: true }]),
  ...platforms.map((name): [string, SharedHost] => [name, { name, tenants: "subdomain", isTunnel: false }]),
  ...byPath.map((name): [string, SharedHost] => [name, { name, tenants: "path", isTunnel: false }]),
]);

/** The known platform a host belongs to, besides those the Public Suffix List names; undefined when there is none. */
export function sharedHostOf(host: string): SharedHost | undefined {
  const exact = known.get(host);
  if (exact !== undefined) return exact;
  for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
    const parent = known.get(host.slice(dot + 1));
    if (parent !== undefined) return parent.tenants === "subdomain" ? parent : undefined;
  }
  return undefined;
}
