import { pointerStep } from "./parseJson.ts";

/** A stretch of a text: offsets in UTF-16 units, the end excluded. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Places {
  /** By JSON Pointer; a member's place begins with its name. Of members that are there twice, the last. */
  readonly of: ReadonlyMap<string, Place>;
  /** Where the text stops being JSON. */
  readonly brokenAt?: number;
}

interface Frame {
  readonly isObject: boolean;
  readonly path: string;
  readonly start: number;
  /** Of the member that is being read, or the index of the item. */
  name: string | number;
  nameStart: number;
}

type Expected = "value" | "first" | "name" | "colon" | "more" | "end";

const space = /[ \t\r\n]*/y;
const token = /[{}[\],:]|"[^"\\\u0000-\u001f]*(?:\\[^\r\n][^"\\\u0000-\u001f]*)*"|[-+.\w]+/y;
const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;

/** Where each value of a JSON text stands, as far as the text is JSON. Never throws; nesting costs no stack. */
export function placesIn(text: string): Places {
  const places = new Map<string, Place>();
  const frames: Frame[] = [];
  let expected: Expected = "value";
  let at = 0;
  for (;;) {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    if (at >= text.length) return expected === "end" ? { of: places } : { of: places, brokenAt: at };
    token.lastIndex = at;
    const found = token.exec(text)?.[0] ?? "";
    const next = step(found, at);
    if (next === undefined) return { of: places, brokenAt: at };
    expected = next;
    at += found.length;
  }

  /** What may come after `found`; undefined when it may not be there. */
  function step(found: string, start: number): Expected | undefined {
    const frame = frames.at(-1);
    switch (found) {
      case "{":
      case "[": {
        if (expected !== "value" && !(expected === "first" && frame?.isObject === false)) return undefined;
        const { path, start: from } = here(frame, start);
        const isObject = found === "{";
        frames.push({ isObject, path, start: from, name: isObject ? "" : 0, nameStart: 0 });
        return "first";
      }
      case "}":
      case "]":
        if (frame?.isObject !== (found === "}") || (expected !== "more" && expected !== "first"))
          return undefined;
        frames.pop();
        places.set(frame.path, { start: frame.start, end: start + 1 });
        return frames.length === 0 ? "end" : "more";
      case ",":
        if (frame === undefined || expected !== "more") return undefined;
        if (frame.isObject) return "name";
        frame.name = Number(frame.name) + 1;
        return "value";
      case ":":
        return expected === "colon" ? "value" : undefined;
      default:
        return scalar(found, start, frame);
    }
  }

  function scalar(found: string, start: number, frame: Frame | undefined): Expected | undefined {
    const text = found.startsWith('"') ? textOf(found) : undefined;
    if (text === undefined && !literal.test(found)) return undefined;
    if (frame?.isObject && (expected === "first" || expected === "name")) {
      if (text === undefined) return undefined;
      frame.name = text;
      frame.nameStart = start;
      return "colon";
    }
    if (expected !== "value" && expected !== "first") return undefined;
    const place = here(frame, start);
    places.set(place.path, { start: place.start, end: start + found.length });
    return frame === undefined ? "end" : "more";
  }
}

function here(frame: Frame | undefined, start: number): { path: string; start: number } {
  if (frame === undefined) return { path: "", start };
  return {
    path: frame.path + pointerStep(frame.name),
    start: frame.isObject ? frame.nameStart : start,
  };
}

function textOf(quotedText: string): string | undefined {
  try {
    return JSON.parse(quotedText) as string;
  } catch {
    return undefined;
  }
}
