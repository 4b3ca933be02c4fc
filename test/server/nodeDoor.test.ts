import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

/**
 * Cases of the handler for web requests that run once more over real connections, through `createNodeHandler`;
 * and which of them are left out, because they look at streams or responses that only a web request has, or
 * at what a socket holds. `http.cases.mjs` and `framing.cases.mjs` have their like.
 */
const scripts: Record<string, string[]> = {
  handler: [],
  forms: [
    'a render that gives no Response is an error that says so, not a form left to the app',
    'a form that is too large is refused, by its Content-Length or by its bytes, and received to a bound',
    'a form whose body was read before is left to the app, and a warning says so once',
  ],
  formBody: [
    'without a boundary nothing is a field, and the body is not touched',
    'a body that comes in far too many pieces is left to the app, or refused, before it takes memory',
    'of a large upload no more is held than a body may have',
    'a connection that ends anywhere ends the request, and runs nothing',
    'a body that somebody reads, or has read, is left alone',
    'a post that breaks off before its first byte is not taken for one that was read',
  ],
  hostile: [
    'a body whose Content-Length is far too large is refused unread',
    'a body that is too large is received to its end, and never cancelled, before it is refused',
    'of a body that does not end only so much is received',
    'a body whose connection ends early is malformed',
    'the other site is refused before the body is read',
  ],
  deadline: ['a client that goes away aborts the signal, and the function is waited for no longer'],
  discard: [],
  pace: [
    'a generator stands still while the client does, and is closed when it goes away',
    'so it is in the page beside the result, in what its components return',
    'an iterable that several answers share goes at the pace of each, and its own on the server',
  ],
};

const own = await runCases('./nodeDoor.cases.mjs', import.meta.url);
describe('the handler for Node', () => declareTests(own));

for (const [script, left] of Object.entries(scripts)) {
  const results = await runCases(`./${script}.cases.mjs`, import.meta.url, {
    env: {TEST_DOOR: 'node', TEST_SKIP: JSON.stringify(left)},
    nodeArguments: ['--expose-gc'],
  });
  describe(`${script}.cases.mjs through createNodeHandler`, () => declareTests(results));
}
