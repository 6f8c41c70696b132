import { writeFileSync } from 'node:fs';

/** The run in one line, for people and for CI: into the file TEST_COUNTS, or at the end of the output. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
    if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, line);
    else process.stdout.write(`\n${line}\n`);
  }
}
