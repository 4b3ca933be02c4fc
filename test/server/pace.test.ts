import {describe} from '@jest/globals';
import {declareTests, runCases, type RunOptions} from '../support/runNode.ts';

const production = {NODE_ENV: 'production'};
/** With React's build for edge runtimes, which has web APIs only. */
const edge = ['--conditions', 'workerd'];
const gc = '--expose-gc';

const pace = (options?: RunOptions) => runCases('./pace.cases.mjs', import.meta.url, options);
const unread = (options: RunOptions) => runCases('./unread.cases.mjs', import.meta.url, options);

const runs = {
  'streams in results, in development': pace(),
  'streams in results, in production': pace({env: production}),
  'streams in results, with web APIs only': pace({env: production, nodeArguments: edge}),
  'clients that read nothing, in development': unread({
    nodeArguments: [gc],
    arguments: ['srvx'],
  }),
  'clients that read nothing, in production': unread({
    env: production,
    nodeArguments: [gc],
    arguments: ['srvx', 'node:http', 'the handler for Node'],
  }),
  'clients that read nothing, with web APIs only': unread({
    env: production,
    nodeArguments: [gc, ...edge],
    arguments: ['srvx'],
  }),
};

// Beside each other: they wait for silence more than they work.
const results = await Promise.all(Object.values(runs));
Object.keys(runs).forEach((name, index) => describe(name, () => declareTests(results[index]!)));
