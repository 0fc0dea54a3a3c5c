import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Starts the programs among the tests first: alone at the end, they would keep one core busy and the others waiting. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isProgram = ({ moduleId }: TestSpecification) => /\/e2e\/(drift|kill)\//.test(moduleId);
    return [...sorted.filter(isProgram), ...sorted.filter((file) => !isProgram(file))];
  }
}
