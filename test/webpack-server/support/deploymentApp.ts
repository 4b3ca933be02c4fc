/** What a request finally did: the functions write it down before they return. */
export interface Execution {
  /** Of the build whose code ran. */
  build: string;
  name: string;
  values: unknown[];
}

/**
 * An app in two builds. From `old` to `new` the functions `add` and `greet` stay what they are to a
 * caller, `retired` goes, `fresh` comes, and `save` captures something else.
 *
 * @param build its name
 */
export function deploymentApp(build: 'old' | 'new'): Record<string, string> {
  const isOld = build === 'old';
  return {
    'src/record.js': `
      import {appendFileSync} from 'node:fs';
      export function record(name, ...values) {
        appendFileSync(process.env.LOG, JSON.stringify({build: '${build}', name, values}) + '\\n');
      }`,
    'src/actions.js': `'use server';
      import {setTimeout} from 'node:timers/promises';
      import {record} from './record.js';
      export async function add(number) {
        // Long enough to be under way when its process is told to stop.
        await setTimeout(20);
        record('add', number);
        return number;
      }
      export async function ${isOld ? 'retired' : 'fresh'}(number) {
        record('${isOld ? 'retired' : 'fresh'}', number);
        return number;
      }`,
    'src/Page.js': `
      import {createElement} from 'react';
      import * as actions from './actions.js';
      import {record} from './record.js';
      export function Page({note}) {
        async function greet(form) {
          'use server';
          record('greet', note.id, form.get('number'));
        }
        async function save(form) {
          'use server';
          record('save', ${isOld ? 'note.title' : 'note.owner'}, form.get('number'));
        }
        return {greet, save, actions: Object.values(actions)};
      }`,
    'src/server.js': `
      import {createElement} from 'react';
      import {renderToReadableStream} from 'react-server-dom-webpack/server';
      import {serve} from 'srvx';
      import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
      import {Page} from './Page.js';

      const note = {id: 7, title: 'A title', owner: 'An owner'};
      const handle = createServerFunctionHandler({onError: (error) => String(error.message)});
      const server = serve({
        port: 0,
        hostname: '127.0.0.1',
        silent: true,
        gracefulShutdown: false,
        async fetch(request) {
          if (request.method === 'GET') return new Response(renderToReadableStream(Page({note})));
          return (await handle(request)) ?? new Response('Not found', {status: 404});
        },
      });
      server.ready().then(() => process.send({port: Number(new URL(server.url).port)}));
      process.on('SIGTERM', () => server.close().then(() => process.exit(0)));`,
    'src/ssr.js': '',
    'src/client.js': '',
  };
}
