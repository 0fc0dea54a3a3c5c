export interface VerifyStep {
  title: string;
  command: string;
}

const check = `const { createPublicKey, verify } = require("node:crypto"), { readFileSync } = require("node:fs");
const [h, p, s] = readFileSync("head.jws", "utf8").trim().split("."), read = (t) => JSON.parse(Buffer.from(t, "base64url"));
const key = JSON.parse(readFileSync("jwks.json")).keys.find((k) => k.kid === read(h).kid);
const good = key && verify("sha256", Buffer.from(h + "." + p), { key: createPublicKey({ key, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(s, "base64url"));
console.log(good ? "signature is good" : "SIGNATURE IS BAD", read(p));`;

/** Commands that check the newest release with curl, Node and sha256sum alone. */
export function verifyCommands(list: {
  baseUrl: string;
  slug: string;
  root: string;
  isPrivate: boolean;
}): VerifyStep[] {
  const { baseUrl, slug, root, isPrivate } = list;
  const token = isPrivate ? ` -H "Authorization: Bearer $ROLLCALL_TOKEN"` : "";
  return [
    {
      title: isPrivate
        ? "Fetch the head and the keys (this list is private: use a connected server's token)."
        : "Fetch the head and the keys.",
      command: `curl -sS${token} ${baseUrl}/v1/lists/${slug}/head -o head.jws\ncurl -sS ${baseUrl}/.well-known/jwks.json -o jwks.json`,
    },
    { title: "Check the signature and read what was signed.", command: `node -e '${check}'` },
    {
      title: "Recompute the name of the root object: it must be the root in the head.",
      command: `curl -sS --compressed ${baseUrl}/v1/lists/${slug}/objects/${root} | sha256sum`,
    },
  ];
}
