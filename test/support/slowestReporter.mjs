import {relative} from 'node:path';

const COUNT = 15;

/** Names the slowest files at the end of a run of many. */
export default class SlowestReporter {
  /**
   * @param {unknown} _contexts
   * @param {import('@jest/reporters').AggregatedResult} results
   */
  onRunComplete(_contexts, {testResults}) {
    if (testResults.length < 2 * COUNT) return;
    const slowest = testResults
      .map(({testFilePath, perfStats}) => ({file: testFilePath, seconds: perfStats.runtime / 1000}))
      .toSorted((a, b) => b.seconds - a.seconds)
      .slice(0, COUNT)
      .map(({file, seconds}) => `${seconds.toFixed(0).padStart(5)} s  ${relative('.', file)}`);
    console.log(['Slowest files:', ...slowest].join('\n'));
  }
}
