/**
 * The walls of the house (ARCHITECTURE.md). Checked by `npm run check`; tools/walls.test.ts plants one fault per rule.
 * Run them with `npm run check -- walls`, not with depcruise itself: it cannot read .tsx here (docs/decisions/002).
 */

const hands = "^lib/(db|net|keys|notify|adapters)/";
const doors = "^(app/|lib/(edge|worker|cli)/)";
const entrances = "^lib/(edge|worker|cli)/";

/** Tests may reach for whatever they need to set their stage; nothing else may import them. */
const testing = "(\\.test\\.(tsx?|mjs)$|/testing/)";

/** A package by name, as it resolves: hoisted, nested, or (unresolved) bare. */
const packages = (...names) => `(^|node_modules/)(${names.join("|")})(/|$)`;
const builtins = (...names) => `^(node:)?(${names.join("|")})(/|$)`;

/** In everything but tests: `from` may not import `to`. */
const wall = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { ...from, pathNot: [testing, ...[from.pathNot ?? []].flat()] },
  to,
});

/** In everything but tests: `from` may import `allowed` and nothing else. */
const only = (name, comment, from, ...allowed) => wall(name, comment, from, { pathNot: allowed });

/** Packages of an example's own package.json, which need not be installed to look at the walls, and a runtime's modules. */
const examplesOwnPackages = "^(better-auth|better-call|@better-auth/|@cloudflare/|cloudflare:)";

const core = "^lib/core/";
const context = "^lib/context\\.ts$";
const config = "^lib/config\\.ts$";

/** What flows, views and the command may use of the consumer: its pure middle, so that a preview and a server agree. */
const consumersVerdict = "^lib/consumer/(decide|matchPattern|parseNamespaces|verifyHead|verifyOwnHead)\\.ts$";

export default {
  forbidden: [
    {
      name: "no-circle",
      comment: "Two modules that need each other are one module, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere, or to a package that package.json does not name.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: examplesOwnPackages },
    },
    wall(
      "nothing-imports-tests",
      "Product code that leans on test code ships test code.",
      { path: "^(app|components|lib|examples)/" },
      { path: testing },
    ),
    only(
      "core-is-pure",
      "Core thinks: no clock, no environment, no I/O. Only itself and pure libraries.",
      { path: core, pathNot: "^lib/core/sha256\\.ts$" },
      core,
      packages("zod", "tldts", "ipaddr\\.js", "canonicalize"),
    ),
    only(
      "core-hashes-with-node-crypto",
      "sha256.ts is the one door from core to Node: a pure function of node:crypto.",
      { path: "^lib/core/sha256\\.ts$" },
      core,
      builtins("crypto"),
    ),
    wall(
      "hands-are-strangers",
      "db, net, keys, notify and adapters never import one another; a flow puts them together.",
      { path: "^lib/(db|net|keys|notify|adapters)/" },
      { path: hands, pathNot: "^lib/$1/" },
    ),
    wall(
      "hands-reach-down",
      "A hand may use core and libraries; it does not know the story it serves.",
      { path: hands },
      { path: "^(app|components|lib|e2e|examples|bench)/", pathNot: [hands, core] },
    ),
    only(
      "adapters-only-write",
      "A product's words are a pure function of a release: no I/O, no library.",
      { path: "^lib/adapters/" },
      "^lib/adapters/",
      core,
    ),
    wall(
      "only-db-knows-sql",
      "SQL and its drivers live in lib/db (and in the generator of migrations).",
      { path: ".", pathNot: ["^lib/db/", "^tools/drizzle\\.", "^bench/"] },
      { path: packages("drizzle-orm", "drizzle-kit", "better-sqlite3", "pg") },
    ),
    wall(
      "only-some-know-sockets",
      "What leaves or enters the machine goes through net, notify, edge or the consumer.",
      {
        path: "^(app|components|lib)/",
        pathNot: "^lib/(net|notify|edge|consumer)/",
      },
      { path: [packages("undici"), builtins("https?", "http2", "net", "tls", "dns", "dgram")] },
    ),
    wall(
      "only-keys-and-consumer-know-jose",
      "Signatures are made in keys and verified in the consumer.",
      { path: "^(app|components|lib)/", pathNot: "^lib/(keys|consumer)/" },
      { path: packages("jose") },
    ),
    wall(
      "lib-knows-no-next",
      "The product runs without its screens. edge/main.ts alone hands requests on to Next.",
      { path: "^lib/", pathNot: "^lib/edge/main\\.ts$" },
      { path: packages("next", "react", "react-dom") },
    ),
    wall(
      "lib-knows-no-screens",
      "Nothing below a door knows the door.",
      { path: "^lib/" },
      { path: "^(app|components)/" },
    ),
    wall(
      "doors-reach-hands-through-the-story",
      "Pages, edge, worker and command call flows, views and the context; never a hand itself.",
      { path: doors },
      { path: hands },
    ),
    wall(
      "nothing-below-knows-the-doors",
      "edge, worker and cli are entrances: nothing imports them but their own folder.",
      { path: "^((?:app|components|lib)/[^/]+)/" },
      { path: entrances, pathNot: "^$1/" },
    ),
    only(
      "the-tray-carries-hands",
      "context.ts puts the hands together for the story; it does not know the story.",
      { path: context },
      config,
      core,
      hands,
      packages("pino", "zod"),
      "^node:",
      builtins("crypto", "fs", "path", "os", "url", "process"),
    ),
    only(
      "config-is-a-reading",
      "config.ts turns an environment into values, purely; the caller hands it the environment and the secret files.",
      { path: config },
      core,
      packages("zod"),
      builtins("path"),
    ),
    only(
      "components-are-dumb",
      "Props in, events out: components know components and core.",
      { path: "^components/" },
      "^components/",
      core,
      "node_modules/",
    ),
    only(
      "flows-tell-the-story",
      "Flows use the context, core, db and the consumer's verdict. Sockets, keys and channels come in through the context.",
      { path: "^lib/flows/" },
      "^lib/flows/",
      context,
      config,
      core,
      "^lib/db/",
      consumersVerdict,
      packages("zod"),
      builtins("crypto", "zlib", "util"),
    ),
    only(
      "views-only-look",
      "Views answer questions: no flow, no hand but db, and adapters, which only put an answer into other words.",
      { path: "^lib/views/" },
      "^lib/views/",
      context,
      config,
      core,
      "^lib/(db|adapters)/",
      consumersVerdict,
      packages("zod"),
    ),
    only(
      "consumer-stands-alone",
      "An authorization server installs it: jose, Node, and the wire format's types.",
      { path: "^lib/consumer/" },
      "^lib/consumer/",
      packages("jose"),
      "^lib/core/allowlist/wire\\.ts$",
      "^node:",
      builtins(
        "crypto",
        "fs",
        "http",
        "https",
        "path",
        "os",
        "net",
        "tls",
        "dns",
        "url",
        "util",
        "timers",
        "zlib",
        "stream",
        "events",
        "buffer",
      ),
    ),
    wall(
      "consumer-is-used-for-its-verdict",
      "Inside the product only the consumer's pure middle is used, and only where a decision is previewed.",
      { path: "^(app|components|lib)/", pathNot: "^lib/consumer/" },
      { path: "^lib/consumer/", pathNot: consumersVerdict },
    ),
    wall(
      "examples-use-the-consumer",
      "An example is what a stranger could write: the consumer and its own libraries, nothing of the product.",
      { path: "^examples/" },
      { path: "^(app|components|lib|e2e|bench|tools|scripts)/", pathNot: "^lib/consumer/" },
    ),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|data|drizzle)/" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
      conditionNames: ["import", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
