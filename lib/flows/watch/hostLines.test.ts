import { expect, test } from "vitest";
import { hostLines } from "./hostLines.ts";

function gate() {
  let open = () => undefined as void;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("one at a time for each host, in order, and so many hosts at once", async () => {
  const lines = hostLines(2);
  const begun: string[] = [];
  const gates = new Map(["a1", "a2", "b1", "c1"].map((name) => [name, gate()]));
  for (const [name, { passed }] of gates)
    lines.add(name[0]!, {
      run: () => {
        begun.push(name);
        return passed;
      },
    });
  await turn();
  expect(begun).toEqual(["a1", "b1"]);
  gates.get("b1")?.open();
  await turn();
  expect(begun).toEqual(["a1", "b1", "c1"]);
  gates.get("a1")?.open();
  await turn();
  expect(begun).toEqual(["a1", "b1", "c1", "a2"]);
  let isEmpty = false;
  void lines.fewerThan(1).then(() => (isEmpty = true));
  await lines.fewerThan(3);
  expect(isEmpty).toBe(false);
  for (const { open } of gates.values()) open();
  await lines.fewerThan(1);
});

test("who waits for its moment keeps no place from others", async () => {
  const lines = hostLines(1);
  const { passed, open } = gate();
  const begun: string[] = [];
  const run = (name: string) => async () => void begun.push(name);
  lines.add("a", { ready: () => passed, run: run("a") });
  lines.add("b", { run: run("b") });
  await turn();
  expect(begun).toEqual(["b"]);
  open();
  await lines.fewerThan(1);
  expect(begun).toEqual(["b", "a"]);
});
