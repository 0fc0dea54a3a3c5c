import { existsSync } from "node:fs";
import walls from "../.dependency-cruiser.mjs";
import { cruiseWalls } from "./cruiseWalls.ts";

const folders = ["app", "components", "lib", "e2e", "examples", "bench", "tools"].filter((it) =>
  existsSync(it),
);
const { breaches, modules } = await cruiseWalls(process.cwd(), folders);

for (const { rule, from, to, cycle } of breaches) {
  console.log(`${rule}: ${from} → ${cycle.length > 0 ? cycle.join(" → ") : to}`);
}
for (const rule of new Set(breaches.map((breach) => breach.rule))) {
  console.log(`  ${rule}: ${walls.forbidden.find((it) => it.name === rule)?.comment}`);
}
console.log(`${modules} modules, ${walls.forbidden.length} walls, ${breaches.length} breaches`);
process.exitCode = breaches.length > 0 ? 1 : 0;
