interface Package {
  link?: boolean;
  inBundle?: boolean;
  integrity?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

/** What `npm ci` on another machine would stumble over, or fetch from elsewhere: npm writes such locks without a word. */
export function lockFaults(lock: string): string[] {
  const { packages } = JSON.parse(lock) as { packages: Record<string, Package> };

  /** As Node looks for it: beside, then one node_modules further up. */
  const isInstalled = (folder: string, name: string): boolean =>
    `${folder}node_modules/${name}` in packages ||
    (folder !== "" && isInstalled(folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/"))), name));

  return Object.entries(packages).flatMap(([path, it]) => {
    const fetched = path.includes("node_modules/") && !it.link && !it.inBundle;
    const missing = Object.keys(it.optionalDependencies ?? {}).filter(
      (name) => !isInstalled(path && `${path}/`, name),
    );
    return [
      ...missing.map((name) => `${path || "the root"} lacks its optional package ${name}`),
      ...(fetched && !it.integrity ? [`${path} has no integrity`] : []),
      ...(fetched && it.resolved ? [`${path} names the host it came from`] : []),
    ];
  });
}
