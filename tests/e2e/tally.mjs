// Counts what passed and what failed, and tells it in the one form that the test command reads.

/** A tally for one suite. */
export function tally(suite) {
  let passed = 0;
  let failed = 0;
  return {
    /** Notes one check: no faults means that it passed. */
    note(name, faults) {
      if (faults.length === 0) {
        passed += 1;
        return;
      }
      failed += 1;
      console.error(`FAILED ${suite}: ${name}`);
      for (const fault of new Set(faults)) console.error(`  ${fault}`);
    },
    /** Prints the counts and sets the exit code. */
    finish() {
      console.log(`${suite}: ${passed} passed, ${failed} failed`);
      if (failed > 0 || passed === 0) process.exitCode = 1;
    },
  };
}
