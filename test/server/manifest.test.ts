import {fileURLToPath} from 'node:url';
import {describe} from '@jest/globals';
import {declareTests, runCases, runNode} from '../support/runNode.ts';

const script = fileURLToPath(new URL('./exports.mjs', import.meta.url));
const {stdout} = await runNode(script);
const [withCondition, without] = await Promise.all([
  runCases('./manifest.cases.mjs', import.meta.url),
  runCases('./ssr.cases.mjs', import.meta.url, {
    reactServer: false,
    env: {ENTRY_EXPORTS: stdout},
  }),
]);

describe('manifests', () => declareTests(withCondition));
describe('without the react-server condition', () => declareTests(without));
