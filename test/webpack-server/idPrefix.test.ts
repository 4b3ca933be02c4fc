import {execFile} from 'node:child_process';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

/** Of two repositories, say: different functions at equal paths. The server bundle exports its handler. */
const appOf = (name: string) => ({
  'src/server.js': `
    import {renderToReadableStream} from 'react-server-dom-webpack/server';
    import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
    import {save} from './actions.js';
    import {greeting} from './greeting.js';
    export const handle = createServerFunctionHandler({});
    export const id = save.$$id;
    export const render = () => renderToReadableStream(greeting('${name}'), loadClientManifest());`,
  'src/client.js': `
    import {save} from './actions.js';
    globalThis.save = save;`,
  'src/actions.js': `
    'use server';
    export async function save() { globalThis.ran.push('save of ${name}'); }`,
  'src/greeting.js': `
    export function greeting(name) {
      return async function greet() { 'use server'; globalThis.ran.push('greet of ' + name); };
    }`,
});

const gateway = join(import.meta.dirname, 'support/twoApps.mjs');

/** What runs when the calls and forms of each app are posted to the handler of each. */
interface Report {
  ids: Record<string, string>;
  /** By `shop at cart`: status and what ran, of a call and of a form with captures. */
  answers: Record<string, {call: [number, string[]]; form: [number, string[]]}>;
}

async function report(options: (name: string) => string): Promise<Report> {
  const files: string[] = [];
  for (const name of ['shop', 'cart']) {
    const project = new BundledProject(`prefix-${name}`, appOf(name));
    const {errors} = await project.build(
      `server: {output: {library: {type: 'commonjs2'}}}`,
      `ssr: [], ${options(name)}`,
    );
    expect(errors).toEqual([]);
    files.push(join(project.folder, 'dist/server/main.js'));
  }
  const key = Buffer.alloc(32, 7).toString('base64');
  const {stdout} = await promisify(execFile)(process.execPath, [gateway, ...files], {
    env: {...process.env, NODE_OPTIONS: '', NODE_ENV: '', USE_SERVER_ENCRYPTION_KEY: key},
  });
  return JSON.parse(stdout) as Report;
}

describe('two bundles with equal paths in one server', () => {
  test('run the functions of each other, without a prefix', async () => {
    const {ids, answers} = await report(() => '');

    expect(ids['shop']).toBe(ids['cart']);
    expect(answers['shop at cart']!.call).toEqual([200, ['save of cart']]);
  });

  test.each(['path', 'hashed'])('run their own alone, with a prefix and ids: %s', async (ids) => {
    const {answers} = await report((name) => `ids: '${ids}', idPrefix: '${name}'`);

    expect(answers).toEqual({
      'shop at shop': {call: [200, ['save of shop']], form: [303, ['greet of shop']]},
      'shop at cart': {call: [404, []], form: [404, []]},
      'cart at shop': {call: [404, []], form: [404, []]},
      'cart at cart': {call: [200, ['save of cart']], form: [303, ['greet of cart']]},
    });
  });
});
