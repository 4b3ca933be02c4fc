import {mkdirSync, symlinkSync} from 'node:fs';
import {join} from 'node:path';
import {Project, stopBuilding, type BuildResult} from '../webpack/support/project.ts';
import {APP, BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

/** The server of {@link APP} with another page. */
function appWithPage(imports: string, children: string): Record<string, string> {
  return {
    ...APP,
    'src/Page.js': `
      import {createElement} from 'react';
      ${imports}
      export function Page() { return createElement('main', null, ${children}); }`,
  };
}

function listed({files}: BuildResult, manifest: string): string[] {
  return Object.keys(JSON.parse(files[`server/${manifest}`]!) as object);
}

/** Names of the files of one side that hold a text. */
function filesWith({files}: BuildResult, side: string, text: string): string[] {
  return Object.keys(files).filter((file) => file.startsWith(side) && files[file]!.includes(text));
}

const component = (name: string, text: string, rest = '') => `
  'use client';
  import {createElement} from 'react';
  ${rest}
  export function ${name}() { return createElement('i', {onClick: () => ${rest ? 'act()' : 'null'}}, '${text}'); }`;

describe.each(['development', 'production'])('in %s', (mode) => {
  const config = `shared: {mode: '${mode}'}`;

  test('a workspace outside the root is found behind its link and its barrel', async () => {
    const workspace = new Project(`bundled-workspace-${mode}`, {
      'package.json': `{"name": "@acme/ui", "version": "1.0.0", "exports": "./index.js"}`,
      'index.js': `export * from './parts.js';`,
      'parts.js': `export {Dialog as AcmeDialog} from './Dialog.js';`,
      'Dialog.js': component('Dialog', 'a dialog', `import {close as act} from './actions.js';`),
      'actions.js': `'use server'; export async function close() { return 'SECRET closed'; }`,
    });
    const project = new BundledProject(
      `outside-${mode}`,
      appWithPage(`import {AcmeDialog} from '@acme/ui';`, 'createElement(AcmeDialog)'),
    );
    mkdirSync(join(project.folder, 'node_modules/@acme'), {recursive: true});
    symlinkSync(workspace.folder, join(project.folder, 'node_modules/@acme/ui'), 'dir');
    const result = await project.build(config);

    expect(result.errors).toEqual([]);
    const path = `../bundled-workspace-${mode}`;
    expect(listed(result, 'react-client-manifest.json')).toEqual([`${path}/Dialog.js`]);
    const id = `${path}/actions.js#close`;
    expect(listed(result, 'server-actions-manifest.json')).toContain(id);
    const {html, calls} = await project.run([id]);
    expect(html).toContain('a dialog');
    expect(calls[id]!.text).toContain('SECRET closed');
    expect(filesWith(result, 'client/', 'SECRET')).toEqual([]);
  });

  test('what is compiled has its state where the server has it, also beside another copy of this package', async () => {
    const throwing = `throw new Error('another copy of use-server-webpack-plugin');`;
    const project = new BundledProject(`one-state-${mode}`, {
      ...APP,
      'src/server.js': `
        import {randomBytes} from 'node:crypto';
        import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
        import {greeting} from 'greetings';
        const handle = createServerFunctionHandler({
          onError: String,
          encryptionKey: randomBytes(32).toString('base64'),
        });
        async function main() {
          const action = greeting('hello');
          const token = await action.$$bound[0];
          const call = async (args) => {
            const response = await handle(
              new Request('https://example.test/rsc-action', {
                method: 'POST',
                headers: {
                  'X-Action-Id': action.$$id,
                  'Content-Type': 'text/plain;charset=utf-8',
                  Cookie: 'user=ada',
                },
                body: JSON.stringify(args),
              }),
            );
            return {status: response.status, text: await response.text()};
          };
          console.log(JSON.stringify({html: '', calls: {opened: await call([token]), none: await call([])}}));
        }
        main();
        import('./ssr.js');`,
      'node_modules/greetings/package.json': `{"name": "greetings", "version": "1.0.0", "type": "module", "main": "index.js"}`,
      'node_modules/greetings/index.js': `
        import {cookies} from 'use-server-webpack-plugin/server';
        export function greeting(word) {
          return async function greet() {
            'use server';
            return word + ' ' + cookies().get('user').value;
          };
        }`,
      'node_modules/greetings/node_modules/use-server-webpack-plugin/package.json': `{"name": "use-server-webpack-plugin", "version": "0.0.1", "exports": {"./*": "./index.js"}}`,
      'node_modules/greetings/node_modules/use-server-webpack-plugin/index.js': throwing,
    });
    const result = await project.build(config);

    expect(result.errors).toEqual([]);
    const {calls, stderr} = await project.run([]);
    // A key that only one of two copies knows would be made up by the other, with a warning.
    expect(stderr.replace(/^Inspector of calls: .*\n/m, '')).toBe('');
    expect(calls['opened']).toMatchObject({status: 200});
    expect(calls['opened']!.text).toContain('hello ada');
    expect(calls['none']).toMatchObject({status: 400});
  });

  test('a package is rendered whether it is loaded by import or by require()', async () => {
    const project = new BundledProject(`dual-${mode}`, {
      ...appWithPage(
        `import {Dual} from 'dual'; import {Required} from './required.cjs';`,
        'createElement(Dual), createElement(Required)',
      ),
      'src/required.cjs': `exports.Required = require('dual').Dual;`,
      'node_modules/dual/package.json': `{"name": "dual", "version": "1.0.0", "exports": {"import": "./index.mjs", "require": "./index.cjs"}}`,
      'node_modules/dual/index.mjs': component('Dual', 'imported'),
      'node_modules/dual/index.cjs': `
        'use client';
        const {createElement} = require('react');
        exports.Dual = () => createElement('i', null, 'required');`,
    });
    const result = await project.build(config);

    expect(result.errors).toEqual([]);
    expect(listed(result, 'react-client-manifest.json')).toEqual([
      'node_modules/dual/index.cjs',
      'node_modules/dual/index.mjs',
    ]);
    const {html} = await project.run([]);
    expect(html).toContain('imported');
    expect(html).toContain('required');
    expect(filesWith(result, 'client/', 'required')).toHaveLength(1);
  });

  test('server-only and client-only are imported where they belong', async () => {
    const project = new BundledProject(`only-${mode}`, {
      ...appWithPage(
        `import 'server-only'; import {Clock} from './Clock.js'; import {act} from './actions.js';`,
        `createElement(Clock), createElement('form', {action: act})`,
      ),
      'src/Clock.js': component(
        'Clock',
        'a clock',
        `import 'client-only'; import {act} from './actions.js';`,
      ),
      'src/actions.js': `'use server'; import 'server-only'; export async function act() { return 'acted'; }`,
    });
    const result = await project.build(config);

    expect(result.printed).toBe('');
    const {html, calls} = await project.run(['src/actions.js#act']);
    expect(html).toContain('a clock');
    expect(calls['src/actions.js#act']!.text).toContain('acted');
  });

  test.each([
    [
      'client-only in a Server Component',
      appWithPage(`import 'client-only';`, 'null'),
      /ERROR in \.\/src\/Page\.js\s+This module imports "client-only", but it runs in the server graph/,
    ],
    [
      'server-only in a client component',
      {
        ...appWithPage(`import {Clock} from './Clock.js';`, 'createElement(Clock)'),
        'src/Clock.js': component('Clock', 'a clock', `import 'server-only'; const act = null;`),
      },
      /ERROR in \.\/src\/Clock\.js\s+This module imports "server-only", but it is client code/,
    ],
  ])('%s is an error at the module that imports it', async (_case, files, message) => {
    const {printed} = await new BundledProject(`only-wrong-${mode}`, files).build(config);

    expect(printed).toMatch(message);
  });
});
