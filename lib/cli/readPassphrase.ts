import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { givenPath } from "./givenPath.ts";
import { NoAnswer } from "./NoAnswer.ts";

/**
 * The passphrase of a root key: from a file, from ROLLCALL_ROOT_PASSPHRASE, or typed on a terminal, where nothing is
 * echoed; twice when a key is made with it.
 */
export async function readPassphrase(file: string | undefined, isNew: boolean): Promise<string> {
  if (file !== undefined)
    try {
      return readFileSync(file, "utf8").replace(/\r?\n$/, "");
    } catch (error) {
      throw new NoAnswer(`The passphrase file cannot be read: ${(error as Error).message}.`);
    }
  const given = process.env["ROLLCALL_ROOT_PASSPHRASE"];
  if (given) return given;
  if (!process.stdin.isTTY)
    throw new NoAnswer(
      "There is no passphrase: give --passphrase-file, set ROLLCALL_ROOT_PASSPHRASE, or run this on a terminal.",
    );
  const typed = await ask(isNew ? "Passphrase for the new root key: " : "Passphrase of the root key: ");
  if (isNew && (await ask("The same again: ")) !== typed) throw new NoAnswer("The two are not the same.");
  return typed;
}

/** A person's password: from a file, or typed on a terminal, where nothing is echoed. */
export async function readPassword(file: string | undefined, email: string): Promise<string> {
  if (file !== undefined)
    try {
      return readFileSync(givenPath(file), "utf8").replace(/\r?\n$/, "");
    } catch (error) {
      throw new NoAnswer(`The password file cannot be read: ${(error as Error).message}.`);
    }
  if (!process.stdin.isTTY)
    throw new NoAnswer("There is no password: give --password-file, or run this on a terminal.");
  return ask(`Password of ${email}: `);
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
