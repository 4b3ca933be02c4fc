import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import type {ServerManifest} from '../../../src/references/manifests.ts';
import {FLIGHT_ENTRY} from '../../webpack/support/evaluate.ts';
import {Project, type BuildResult} from '../../webpack/support/project.ts';

/** What the server of {@link APP} prints. */
export interface ServerReport {
  html: string;
  /** Status and text of a call without arguments, by id. */
  calls: Record<string, {status: number; text: string}>;
}

/** A small app whose server is bundled. */
export class BundledProject extends Project {
  constructor(name: string, files: Record<string, string>) {
    super(`bundled-${name}`, {'package.json': '{"private": true, "sideEffects": true}', ...files});
  }

  /**
   * @param config `shared`, `server` and `client`: further properties of the configs, as JavaScript
   * @param options of `createUseServer`, as JavaScript
   */
  override configure(config = '', options = ''): string {
    const configFile = join(this.folder, 'webpack.config.mjs');
    writeFileSync(
      configFile,
      `import {createRequire} from 'node:module';
import {createUseServer, getCompilationHooks} from 'use-server-webpack-plugin';
const require = createRequire(import.meta.url);
const context = ${JSON.stringify(this.folder)};
const {shared = {}, server = {}, client = {}, list = (configs) => configs} = {${config}};
const useServer = createUseServer({ssr: './src/ssr.js', ${options}});
const config = (name, own, plugin, defaults) => ({
  name,
  context,
  mode: 'development',
  devtool: false,
  performance: {hints: false},
  ...defaults,
  ...shared,
  ...own,
  cache: shared.cache?.type === 'filesystem' ? {...shared.cache, name} : (shared.cache ?? false),
  optimization: {minimize: false, ...shared.optimization, ...own.optimization},
  output: {path: context + '/dist/' + name, clean: true, ...shared.output, ...own.output},
  plugins: [plugin, ...(own.plugins ?? [])],
});
export default list([
  config('server', server, useServer.server, {target: 'node', entry: {main: './src/server.js'}}),
  config('client', client, useServer.client, {entry: {main: './src/client.js'}}),
]);
`,
    );
    return configFile;
  }

  /**
   * Runs the server bundle in a process of its own.
   *
   * @param ids what it calls
   */
  async run(ids: readonly string[], entry = 'main.js'): Promise<ServerReport & {stderr: string}> {
    const {stdout, stderr} = await promisify(execFile)(
      process.execPath,
      [join(this.folder, 'dist/server', entry), JSON.stringify(ids)],
      {env: {...process.env, NODE_OPTIONS: '', NODE_ENV: ''}},
    );
    return {...(JSON.parse(stdout) as ServerReport), stderr};
  }
}

/**
 * A server that prints its page as HTML and what some calls answer. Each way in which a directive can
 * be found has a module of its own.
 */
export const APP: Record<string, string> = {
  'src/server.js': `
    import {createElement} from 'react';
    import {renderToReadableStream} from 'react-server-dom-webpack/server';
    import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
    import {Page} from './Page.js';
    import {renderHtml} from './ssr.js';

    const handle = createServerFunctionHandler({
      onError: (error) => String(error.message),
      encryptionKey: Buffer.alloc(32).toString('base64'),
    });
    async function call(id) {
      const response = await handle(
        new Request('https://example.test/rsc-action', {
          method: 'POST',
          headers: {'X-Action-Id': id, 'Content-Type': 'text/plain;charset=utf-8'},
          body: '[]',
        }),
      );
      return {status: response.status, text: await response.text()};
    }
    async function main() {
      const flight = renderToReadableStream(createElement(Page, {note: {id: 7}}), loadClientManifest());
      const html = await renderHtml(flight);
      const calls = {};
      for (const id of JSON.parse(process.argv[2])) calls[id] = await call(id);
      console.log(JSON.stringify({html, calls}));
    }
    main();`,
  'src/ssr.js': `
    import {use, createElement} from 'react';
    import {renderToReadableStream} from 'react-dom/server';
    import {createFromReadableStream} from 'react-server-dom-webpack/client';
    import {loadConsumerManifest} from 'use-server-webpack-plugin/server';

    export async function renderHtml(flight) {
      const payload = createFromReadableStream(flight, {serverConsumerManifest: loadConsumerManifest()});
      const Root = () => use(payload);
      const stream = await renderToReadableStream(createElement(Root));
      await stream.allReady;
      return new Response(stream).text();
    }`,
  'src/client.js': `
    ${FLIGHT_ENTRY}
    import {onlyInBrowser} from './only-in-browser.js';
    globalThis.onlyInBrowser = onlyInBrowser;`,
  'src/Page.js': `
    import {createElement} from 'react';
    import {Button, Label} from './ui.js';
    import {Packaged} from 'packaged';
    import {count} from './shared.js';

    export function Page({note}) {
      async function rename() {
        'use server';
        return 'renamed ' + note.id;
      }
      return createElement('main', null,
        createElement(Button, {action: rename}),
        createElement(Label, {text: 'SSR'}),
        createElement(Packaged),
        createElement('form', {action: count}),
      );
    }`,
  'src/ui.js': `
    export * from './Button.js';
    export {default as Label} from './Label.js';`,
  'src/Button.js': `
    'use client';
    import {createElement, useState} from 'react';
    import {save} from './only-in-client.js';
    import {count} from './shared.js';
    export function Button({action}) {
      const [text] = useState('a button');
      return createElement('button', {formAction: action, onClick: () => [save(), count()]}, text);
    }
    export const unusedInPage = () => 'kept';`,
  'src/Label.js': `
    'use client';
    import {createElement} from 'react';
    export default function Label({text}) { return createElement('b', null, text); }`,
  'src/only-in-client.js': `
    'use server';
    import {count} from './shared.js';
    export async function save() { return 'saved, count ' + (await count()); }
    export async function neverUsed() { return 'SECRET'; }`,
  'src/only-in-browser.js': `
    'use server';
    export async function onlyInBrowser() { return 'from the browser'; }
    export async function neverUsedEither() { return 'SECRET'; }`,
  'src/shared.js': `
    'use server';
    let calls = 0;
    export async function count() { return ++calls; }`,
  'node_modules/packaged/package.json': `{"name": "packaged", "version": "1.0.0", "main": "index.js"}`,
  'node_modules/packaged/index.js': `
    'use client';
    import {createElement} from 'react';
    import {inPackage} from './actions.js';
    export function Packaged() { return createElement('form', {action: inPackage}, 'a package'); }`,
  'node_modules/packaged/actions.js': `
    'use server';
    export async function inPackage() { return 'from the package'; }`,
};

/** Every function of {@link APP} that something can call. */
export const CALLABLE = [
  'node_modules/packaged/actions.js#inPackage',
  'src/Page.js#$$Page$rename',
  'src/only-in-browser.js#onlyInBrowser',
  'src/only-in-client.js#save',
  'src/shared.js#count',
];

/** Those of {@link APP} that nothing calls. */
export const UNUSED = ['src/only-in-browser.js#neverUsedEither', 'src/only-in-client.js#neverUsed'];

/** The manifest of what can be called. */
export function callable({files}: BuildResult): ServerManifest {
  return JSON.parse(files['server/server-actions-manifest.json']!) as ServerManifest;
}
