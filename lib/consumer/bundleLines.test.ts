import { describe, expect, it } from "vitest";
import type { BundleSource } from "./bundleLines.ts";
import { bundleLines } from "./bundleLines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function linesOf(source: BundleSource, mostBytes?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of bundleLines(source, mostBytes)) lines.push(new TextDecoder().decode(line));
  return lines;
}

describe("bundleLines", () => {
  it.each<[string, string[], string[]]>([
    ["nothing", [], []],
    ["one line without an end", ["abc"], ["abc"]],
    ["an end is no line of its own", ["abc\n"], ["abc"]],
    ["empty lines are left out", ["\n\na\n\nb\n"], ["a", "b"]],
    ["chunks that cut through lines and characters", ["a", "b\nc", "", "d\n", "\ne"], ["ab", "cd", "e"]],
  ])("%s", async (_, chunks, lines) => {
    expect(await linesOf(chunks.map(bytes))).toEqual(lines);
    expect(await linesOf(bytes(chunks.join("")))).toEqual(lines);
  });

  it("refuses a line of more than 1 MiB, whether or not it ends", async () => {
    const mebibyte = "x".repeat(1024 * 1024);
    expect(await linesOf(bytes(`${mebibyte}\n`))).toEqual([mebibyte]);
    await expect(linesOf(bytes(`${mebibyte}x\n`))).rejects.toMatchObject({ code: "too_large" });
    await expect(linesOf([bytes(mebibyte), bytes("x")])).rejects.toMatchObject({ code: "too_large" });
  });

  it("refuses more bytes than it may read", async () => {
    await expect(linesOf([bytes("abc\n"), bytes("def")], 6)).rejects.toMatchObject({ code: "too_large" });
  });
});
