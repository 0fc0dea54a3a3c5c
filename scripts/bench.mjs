import { existsSync, readdirSync } from "node:fs";
import { build } from "./build.mjs";
import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";

/** These measure the built processes. */
const ofTheBuild = ["enforce", "deliver"];

/** Runs bench/<name>.ts, or says which there are. */
export async function bench([name, ...args]) {
  if (ofTheBuild.includes(name)) await build();
  if (name && existsSync(`bench/${name}.ts`)) {
    return passThrough(process.execPath, [`bench/${name}.ts`, ...args], {
      env: environment({ NODE_ENV: "production" }),
    });
  }
  const names = existsSync("bench") ? readdirSync("bench").filter((it) => /^[^.]+\.ts$/.test(it)) : [];
  console.error(`usage: npm run bench -- ${names.map((it) => it.slice(0, -3)).join("|") || "(none yet)"}`);
  return 2;
}
