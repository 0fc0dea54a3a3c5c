import type { ParseFault } from "./ParsedDocument.ts";
import { visibleText } from "./visibleText.ts";

/** Deepest nesting that is read (the whole value is level 1); more is refused unread. */
export const maxDepth = 16;

/** Characters of a name that the path of a fault shows. */
const longestStep = 60;

export interface ParsedJson {
  /** Absent when the text is not JSON or nests too deep. A later duplicate wins, as in JSON.parse. */
  readonly value?: unknown;
  /** Includes what JSON.parse would hide: duplicate members, lone surrogates, numbers that overflow. */
  readonly faults: readonly ParseFault[];
}

/** Reads RFC 8259 JSON strictly. Never throws. Paths are JSON Pointers (RFC 6901). */
export function parseJson(text: string, depth = maxDepth): ParsedJson {
  const reader = new Reader(text, depth);
  try {
    return { value: reader.whole(), faults: reader.faults };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    return { faults: [...reader.faults, stop.fault] };
  }
}

/** One step of a JSON Pointer, escaped. */
export function pointerStep(name: string | number): string {
  return `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

class Stop extends Error {
  readonly fault: ParseFault;
  constructor(fault: ParseFault) {
    super(fault.message);
    this.fault = fault;
  }
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const quote = 0x22;
const backslash = 0x5c;

class Reader {
  readonly faults: ParseFault[] = [];
  private readonly text: string;
  private at = 0;
  /** Names of the members and indices being read; joined to a pointer only when there is a fault. */
  private readonly steps: (string | number)[] = [];

  private readonly depth: number;

  constructor(text: string, depth: number) {
    this.text = text;
    this.depth = depth;
  }

  whole(): unknown {
    const value = this.value();
    this.skipSpace();
    if (this.at < this.text.length) this.stop("after the end of the value");
    return value;
  }

  private value(): unknown {
    this.skipSpace();
    switch (this.text[this.at]) {
      case "{":
        return this.object();
      case "[":
        return this.array();
      case '"':
        return this.string();
      case "t":
        return this.word("true", true);
      case "f":
        return this.word("false", false);
      case "n":
        return this.word("null", null);
      default:
        return this.number();
    }
  }

  private object(): Record<string, unknown> {
    this.enter();
    const members: Record<string, unknown> = {};
    this.at += 1;
    if (this.take("}")) return members;
    do {
      this.skipSpace();
      if (this.text.charCodeAt(this.at) !== quote) this.stop("where a member name should be");
      const name = this.string();
      if (!this.take(":")) this.stop(`where ":" should follow a member name`);
      this.steps.push(name);
      if (Object.hasOwn(members, name)) {
        this.fault(
          "duplicate_member",
          `The member "${visibleText(name)}" is present more than once; servers disagree about which one counts.`,
        );
      }
      const value = this.value();
      if (name === "__proto__")
        Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true });
      else members[name] = value;
      this.steps.pop();
    } while (this.take(","));
    if (!this.take("}")) this.stop(`where "," or "}" should be`);
    return members;
  }

  private array(): unknown[] {
    this.enter();
    const items: unknown[] = [];
    this.at += 1;
    if (this.take("]")) return items;
    do {
      this.steps.push(items.length);
      items.push(this.value());
      this.steps.pop();
    } while (this.take(","));
    if (!this.take("]")) this.stop(`where "," or "]" should be`);
    return items;
  }

  private string(): string {
    let start = this.at + 1;
    let end = this.plainEnd(start);
    let read = this.text.slice(start, end);
    while (this.text.charCodeAt(end) === backslash) {
      this.at = end;
      read += this.escape();
      start = this.at + 1;
      end = this.plainEnd(start);
      read += this.text.slice(start, end);
    }
    this.at = end;
    if (end >= this.text.length) this.stop("inside a string");
    if (this.text.charCodeAt(end) !== quote)
      this.stop("inside a string, where control characters must be escaped");
    this.at = end + 1;
    return this.wellFormed(read);
  }

  /** Where the run of characters that need no attention ends. */
  private plainEnd(from: number): number {
    let at = from;
    let code = this.text.charCodeAt(at);
    while (code !== quote && code !== backslash && code >= 0x20) code = this.text.charCodeAt(++at);
    return at;
  }

  private escape(): string {
    this.at += 1;
    const letter = this.text[this.at] ?? "";
    if (letter !== "u") return shortEscapes[letter] ?? this.stop("after a backslash");
    const hex = this.text.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.stop("after \\u, where four hexadecimal digits should be");
    this.at += 4;
    return String.fromCharCode(Number.parseInt(hex, 16));
  }

  private wellFormed(read: string): string {
    if (!read.isWellFormed()) {
      this.fault(
        "lone_surrogate",
        `The string "${visibleText(read, 60)}" contains half of a surrogate pair, which is not a character.`,
      );
    }
    return read;
  }

  private number(): number {
    numberPattern.lastIndex = this.at;
    const digits = numberPattern.exec(this.text)?.[0];
    if (digits === undefined) this.stop("where a value should be");
    this.at += digits.length;
    const value = Number(digits);
    if (!Number.isFinite(value))
      this.fault("non_finite", `The number ${visibleText(digits, 40)} is too large to be represented.`);
    return value;
  }

  private word<T>(letters: string, value: T): T {
    if (!this.text.startsWith(letters, this.at)) this.stop("where a value should be");
    this.at += letters.length;
    return value;
  }

  private skipSpace(): void {
    let code = this.text.charCodeAt(this.at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09)
      code = this.text.charCodeAt(++this.at);
  }

  private take(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private enter(): void {
    if (this.steps.length < this.depth) return;
    const message = `The value nests deeper than ${this.depth} levels. Flatten it.`;
    throw new Stop({ kind: "too_deep", message, path: this.pointer() });
  }

  /** Cut, because every fault carries one: below a name of 30 KB, thousands of faults would take gigabytes. */
  private pointer(): string {
    const steps = this.steps.map((step) =>
      pointerStep(
        typeof step === "string" && step.length > longestStep ? `${step.slice(0, longestStep)}…` : step,
      ),
    );
    return steps.join("");
  }

  private fault(kind: ParseFault["kind"], message: string): void {
    this.faults.push({ kind, message, path: this.pointer() });
  }

  private stop(where: string): never {
    const character = this.text[this.at];
    const found = character === undefined ? "the text ends" : `there is "${visibleText(character)}"`;
    const message = `This is not JSON: at character ${this.at + 1} ${found} ${where}.`;
    throw new Stop({ kind: "not_json", message, path: "" });
  }
}
