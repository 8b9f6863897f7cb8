import type { Reporter, TestModule } from 'vitest/node';

/** Says on stderr how far the hostile suites are: a dot for each case, a line for each file. */
export default class HostileProgress implements Reporter {
  #done = 0;
  #count = 0;

  onTestRunStart(specifications: readonly unknown[]): void {
    this.#count = specifications.length;
  }

  onTestCaseResult(): void {
    process.stderr.write('.');
  }

  onTestModuleEnd({ relativeModuleId }: TestModule): void {
    this.#done += 1;
    process.stderr.write(` ${this.#done} of ${this.#count}: ${relativeModuleId}\n`);
  }
}
