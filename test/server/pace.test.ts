import {describe} from '@jest/globals';
import {declareTests, runCases} from '../support/runNode.ts';

const production = {NODE_ENV: 'production'};
/** With React's build for edge runtimes, which has web APIs only. */
const edge = ['--conditions', 'workerd'];
const gc = '--expose-gc';

const results = {
  'streams in results, in development': await runCases('./pace.cases.mjs', import.meta.url),
  'streams in results, in production': await runCases('./pace.cases.mjs', import.meta.url, {
    env: production,
  }),
  'streams in results, with web APIs only': await runCases('./pace.cases.mjs', import.meta.url, {
    env: production,
    nodeArguments: edge,
  }),
  'clients that read nothing, in development': await runCases(
    './unread.cases.mjs',
    import.meta.url,
    {nodeArguments: [gc], arguments: ['srvx']},
  ),
  'clients that read nothing, in production': await runCases(
    './unread.cases.mjs',
    import.meta.url,
    {
      env: production,
      nodeArguments: [gc],
      arguments: ['srvx', 'node:http', 'the handler for Node'],
    },
  ),
  'clients that read nothing, with web APIs only': await runCases(
    './unread.cases.mjs',
    import.meta.url,
    {env: production, nodeArguments: [gc, ...edge], arguments: ['srvx']},
  ),
};

for (const [name, cases] of Object.entries(results)) describe(name, () => declareTests(cases));
