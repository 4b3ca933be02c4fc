import Sequencer from '@jest/test-sequencer';

/** As `slowestReporter.mjs` has named them, below test/. */
const SLOWEST = [
  'e2e/gallery.test.ts',
  'e2e/notes.test.ts',
  'webpack-server/build.test.ts',
  'webpack-server/watchSteps.test.ts',
  'webpack-server/development.test.ts',
  'webpack-server/matrix.test.ts',
  'webpack-server/pages.test.ts',
  'e2e/deployment.test.ts',
  'server/hostileFunctions.test.ts',
  'webpack-server/formFields.test.ts',
  'webpack-server/sameBytes.test.ts',
  'webpack/cache.test.ts',
  'client/browser.test.ts',
  'server/pace.test.ts',
  'server/nodeDoor.test.ts',
  'types/declarations.test.ts',
];

/**
 * Starts long files first, so that no worker waits for one at the end. Jest itself does so where it remembers how
 * long they took, which it does not after a fresh clone.
 */
export default class SlowestFirst extends Sequencer {
  /** @override */
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({path}) {
  const index = SLOWEST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/test/${name}`));
  return index === -1 ? SLOWEST.length : index;
}
