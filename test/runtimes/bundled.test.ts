import {join} from 'node:path';
import {APP} from '../edge/support/edgeProject.ts';
import {declareTests, runCases, type CaseResult} from '../support/runNode.ts';
import {startServer, type RunningServer} from '../support/runningServer.ts';
import {stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from '../webpack-server/support/bundledProject.ts';
import {reportMissing, runtimes} from './support/runtimes.ts';

reportMissing();

/** The app of the edge tests with an entry that listens, by srvx or by what the runtime has of its own. */
const FILES = {
  ...APP,
  'src/main.js': `
    import {serve} from 'srvx';
    import app from './server.js';

    const port = Number(process.env.PORT);
    const fetch = (request) => app.fetch(request, {KEY: process.env.KEY});
    if (process.env.LISTEN_BY === 'srvx') serve({port, fetch, silent: true});
    else if (globalThis.Bun) globalThis.Bun.serve({port, fetch});
    else globalThis.Deno.serve({port}, fetch);`,
};

const CONFIGS = {
  production: {
    file: 'main.mjs',
    config: `
      shared: {mode: 'production'},
      server: {
        entry: {main: './src/main.js'},
        experiments: {outputModule: true},
        output: {module: true, filename: '[name].mjs', chunkFilename: '[id].mjs'},
      }`,
  },
  development: {
    file: 'main.cjs',
    config: `
      shared: {mode: 'development'},
      server: {entry: {main: './src/main.js'}, output: {filename: '[name].cjs'}}`,
  },
} as const;

const starts = [
  {name: 'Node', program: process.execPath, nodeArguments: [], mode: 'production', by: 'srvx'},
  ...runtimes.flatMap(({name, command}) => {
    if (!command) return [];
    const [program, ...nodeArguments] = command;
    return [
      {name, program, nodeArguments, mode: 'production', by: 'srvx'} as const,
      {name, program, nodeArguments, mode: 'production', by: 'its own server'} as const,
      {name, program, nodeArguments, mode: 'development', by: 'srvx'} as const,
    ];
  }),
] as const;

async function build(mode: keyof typeof CONFIGS): Promise<string> {
  const project = new BundledProject(`runtimes-${mode}`, FILES);
  const {config, file} = CONFIGS[mode];
  const {errors} = await project.build(config, `keepUnused: true`);
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return join(project.folder, 'dist/server', file);
}

const bundles = {production: await build('production'), development: await build('development')};
await stopBuilding();
const servers: RunningServer[] = [];

/** Starts every server, and runs the cases on all of them. */
async function runAll(): Promise<CaseResult[]> {
  const urls: Record<string, [label: string, url: string][]> = {};
  for (const {name, program, nodeArguments, mode, by} of starts) {
    const file = bundles[mode];
    const server = await startServer(file, {
      cwd: join(file, '../../..'),
      program,
      nodeArguments: [...nodeArguments],
      env: {NODE_ENV: mode, LISTEN_BY: by, KEY: Buffer.alloc(32, 7).toString('base64')},
    });
    servers.push(server);
    (urls[mode] ??= []).push([`${name}, ${mode}, by ${by}`, server.url]);
  }
  // The client is of the mode of the server, as in a page.
  const results = Object.entries(urls).map(([mode, list]) =>
    runCases('./bundled.cases.mjs', import.meta.url, {
      reactServer: false,
      env: {NODE_ENV: mode},
      arguments: [JSON.stringify(list)],
    }),
  );
  return (await Promise.all(results)).flat();
}

const results = await runAll().finally(() => Promise.all(servers.map((server) => server.stop())));

describe('one bundled server', () => declareTests(results));

for (const {name} of runtimes.filter(({command}) => command === null)) {
  test.skip(`on ${name}, which does not run on this machine`, () => {});
}
