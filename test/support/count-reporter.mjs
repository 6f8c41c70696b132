import { writeFileSync } from 'node:fs';

/** What a run counted, for scripts/test.mjs: into the file TEST_COUNTS. */
export default class CountReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    if (process.env.TEST_COUNTS)
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ passed: results.numPassedTests, failed, skipped }));
  }
}
