import { tileWidth } from "./tiles.ts";

/** What a tile's path asks for: a level, or the entries themselves. */
export interface TilePath {
  readonly level: number | "entries";
  readonly index: number;
  /** Hashes or entries wanted: 256, or fewer of a partial tile. */
  readonly width: number;
}

const form = /^(?:(entries)|(0|[1-9]\d?))\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** `{L}/{N}[.p/{W}]` as C2SP tlog-tiles writes it, without `tile/` before it. */
export function formatTilePath({ level, index, width }: TilePath): string {
  const digits = String(index);
  const groups =
    digits
      .padStart(Math.ceil(digits.length / 3) * 3, "0")
      .match(/\d{3}/g)
      ?.map((group) => `x${group}`) ?? [];
  const name = groups.join("/").replace(/x(\d{3})$/, "$1");
  return `${level}/${name}${width < tileWidth ? `.p/${width}` : ""}`;
}

/** Reads a path in the one form it may have; undefined for every other. */
export function parseTilePath(path: string): TilePath | undefined {
  const [, entries, level, name = "", width] = form.exec(path) ?? [];
  if (entries === undefined && level === undefined) return undefined;
  const parsed: TilePath = {
    level: entries ? "entries" : Number(level),
    index: Number(name.replace(/[x/]/g, "")),
    width: width === undefined ? tileWidth : Number(width),
  };
  const known = parsed.level === "entries" || parsed.level < 64;
  return known && formatTilePath(parsed) === path ? parsed : undefined;
}
