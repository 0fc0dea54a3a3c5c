/**
 * Command line that runs npm: the one that started us, else the one on the PATH.
 * `npm_execpath` may be another package manager's; those have no `ci`.
 */
export function npm(...args) {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.c?js$/.test(own)) return [process.execPath, own, ...args];
  return [process.platform === "win32" ? "npm.cmd" : "npm", ...args];
}
