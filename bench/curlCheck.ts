import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/**
 * What a shell script costs that fetches a document, sorts it and compares it with the last one: CPU of all its processes
 * per document in microseconds. Undefined when curl or jq is not installed.
 */
export async function curlCheck(caPem: string, urls: readonly string[]): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-curl-"));
  writeFileSync(join(folder, "ca.pem"), caPem);
  const resolve = urls.map((url) => {
    const { hostname, port } = new URL(url);
    return `--resolve ${hostname}:${port}:127.0.0.1`;
  });
  const check = (url: string, index: number) =>
    `curl -sS --cacert ca.pem ${resolve[index]} ${url} | jq -S . > ${index}.new && diff -q ${index}.json ${index}.new > /dev/null || exit 1`;
  const keep = urls.map(
    (url, index) => `curl -sS --cacert ca.pem ${resolve[index]} ${url} | jq -S . > ${index}.json`,
  );
  const bash = (lines: readonly string[]) =>
    run("bash", ["-c", ["set -o pipefail", ...lines, "times"].join("\n")], { cwd: folder });
  try {
    await run("jq", ["--version"]);
    await run("curl", ["--version"]);
  } catch {
    return undefined;
  }
  await bash(keep);
  const { stdout } = await bash(urls.map(check));
  return (cpuOfTimes(stdout) * 1_000_000) / urls.length;
}

/** Bash's `times`: user and system of the shell, then of its children, as 0m1.234s. */
function cpuOfTimes(text: string): number {
  return [...text.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
