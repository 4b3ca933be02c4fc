import {fileURLToPath} from 'node:url';
import {describe, expect, test} from '@jest/globals';
import {runNode} from '../support/runNode.ts';

/** What decodingCost.mjs prints. */
interface Cost {
  kind: 'ordinary' | 'honest' | 'costly';
  name: string;
  /** Of CPU time. */
  seconds: number;
  status: number;
  text: string;
}

const {stdout, stderr} = await runNode(
  fileURLToPath(new URL('decodingCost.mjs', import.meta.url)),
  {
    nodeArguments: ['--expose-gc'],
    env: {NODE_ENV: 'production'},
  },
);
const costs = stdout
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Cost);
const [ordinary] = costs;
const of = (kind: Cost['kind']) => costs.filter((cost) => cost.kind === kind);
const accepted = of('costly').filter(({status}) => status === 200);
const refused = of('costly').filter(({status}) => status !== 200);

/** Those that cost more than so many ordinary bodies: a hundred thousand plain objects, in a megabyte. */
function dearer(than: number, bodies: Cost[]): string[] {
  return bodies
    .map((cost) => ({...cost, ratio: cost.seconds / ordinary!.seconds}))
    .filter(({ratio}) => ratio > than)
    .map(({name, text, ratio}) => `${name}: ${ratio.toFixed(1)} ${text}`);
}

describe('a body of a megabyte', () => {
  test('is measured in every shape', () => {
    expect(stderr).toBe('');
    expect(ordinary!.status).toBe(200);
    expect(accepted.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(50);
  });
  test('of an honest client is accepted by the default limits', () => {
    const failed = of('honest').filter(({status}) => status !== 200);
    expect(failed).toEqual([]);
  });
  test('that is refused costs about as much as an ordinary one at most, whatever its shape', () => {
    // 404 for functions that are not there.
    expect(new Set(refused.map(({status}) => status))).toEqual(new Set([400, 404]));
    expect(dearer(2.5, refused)).toEqual([]);
  });
  test('that is accepted costs a few times as much as an ordinary one at most, whatever its shape', () => {
    expect(dearer(5, [...accepted, ...of('honest')])).toEqual([]);
  });
});
