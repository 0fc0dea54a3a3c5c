import { readFileSync } from "node:fs";

type Package = {
  link?: boolean;
  inBundle?: boolean;
  integrity?: string;
  resolved?: string;
  optionalDependencies?: object;
};

/** What `npm ci` on another machine would stumble over: npm writes such locks without a word. */
function faultsOf(file: string): string[] {
  const { packages } = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, Package> };
  const installs = (from: string, name: string): boolean =>
    `${from}node_modules/${name}` in packages ||
    (from !== "" &&
      installs(
        from.slice(
          0,
          from.slice(0, -1).lastIndexOf("node_modules/") + 1 && from.lastIndexOf("node_modules/"),
        ),
        name,
      ));
  return Object.entries(packages).flatMap(([path, it]) => {
    const installed = path.includes("node_modules/") && !it.link;
    const missing = Object.keys(it.optionalDependencies ?? {}).filter(
      (name) => !installs(path && `${path}/`, name),
    );
    return [
      ...missing.map((name) => `${file}: ${path || "the root"} lacks its optional package ${name}`),
      ...(installed && !it.inBundle && !it.integrity ? [`${file}: ${path} has no integrity`] : []),
      ...(installed && /^https?:/.test(it.resolved ?? "")
        ? [`${file}: ${path} names the host it came from`]
        : []),
    ];
  });
}

const faults = ["package-lock.json", "tools/node/package-lock.json"].flatMap(faultsOf);
if (faults.length > 0) {
  console.log(faults.join("\n"));
  process.exitCode = 1;
}
