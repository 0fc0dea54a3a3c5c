const confusables: Readonly<Record<string, string>> = {
  а: "a",
  ɑ: "a",
  α: "a",
  е: "e",
  ё: "e",
  ε: "e",
  о: "o",
  ο: "o",
  σ: "o",
  р: "p",
  ρ: "p",
  с: "c",
  ϲ: "c",
  ԁ: "d",
  һ: "h",
  і: "i",
  ι: "i",
  ї: "i",
  ı: "i",
  ј: "j",
  к: "k",
  κ: "k",
  ӏ: "l",
  м: "m",
  п: "n",
  ո: "n",
  ѕ: "s",
  т: "t",
  τ: "t",
  υ: "u",
  ս: "u",
  ν: "v",
  ѵ: "v",
  ԝ: "w",
  х: "x",
  χ: "x",
  у: "y",
  γ: "y",
  ɡ: "g",
  "0": "o",
  "1": "l",
  "|": "l",
  "3": "e",
  "5": "s",
  $: "s",
};

/** Capitals whose small letter resembles another letter than they do. */
const capitals: Readonly<Record<string, string>> = {
  Β: "b",
  В: "b",
  Ϲ: "c",
  Η: "h",
  Н: "h",
  Μ: "m",
  Ν: "n",
  Υ: "y",
};

const capital = new RegExp(`[${Object.keys(capitals).join("")}]`, "gu");
/** What an eye does not see at all, and marks that stand behind a name. */
const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\u2800™®©]/gu;
const confusable = new RegExp(`[${Object.keys(confusables).join("")}]`, "gu");

/**
 * A text as a hurried eye reads it: compatibility forms folded, letters of other scripts and digits replaced by the
 * Latin letters they resemble, repeated letters once. A small part of the idea of UTS #39 §4; equal skeletons look alike.
 */
export function skeleton(text: string): string {
  const plain = /^[\x20-\x7e]*$/.test(text) ? text : seen(text);
  const replaced = plain.toLowerCase().replace(confusable, (letter) => confusables[letter] ?? letter);
  return replaced
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replace(/([^\d\s])\1+/g, "$1");
}

function seen(text: string): string {
  return text
    .replace(unseen, "")
    .replace(capital, (letter) => capitals[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");
}
