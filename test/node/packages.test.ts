import {mkdirSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {nodeBinaries, REACT_SERVER, repository, runNode} from './support/node.ts';

const REGISTER_FILE = pathToFileURL(join(repository, 'dist/register/index.js')).href;

/** A project outside of this repository, from where our package cannot be resolved. */
function project(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'project-')));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), {recursive: true});
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

describe.each(nodeBinaries)('$label: a module in a package that does not depend on us', (node) => {
  const run = async (files: Record<string, string>, flags: string[] = [], setup: string[] = []) => {
    const cwd = project(files);
    const args = [...flags, ...setup, '--import', REGISTER_FILE, 'main.mjs'];
    const {stdout, stderr} = await runNode({node, args, cwd});
    if (!stdout) throw new Error(stderr);
    return JSON.parse(stdout);
  };

  const actions = {
    'node_modules/actions/package.json':
      '{"name": "actions", "exports": {"import": "./index.mjs", "require": "./index.cjs"}}',
    'node_modules/actions/index.mjs': '"use server";\nexport async function save() {}',
    'node_modules/actions/index.cjs': '"use server";\nexports.save = async function save() {}',
  };

  it('may bring server functions, imported and required', async () => {
    const ids = await run(
      {
        ...actions,
        'main.mjs': `
          import {createRequire} from 'node:module';
          import {save} from 'actions';
          const required = createRequire(import.meta.url)('actions').save;
          console.log(JSON.stringify([save.$$id, required.$$id]));`,
      },
      REACT_SERVER,
    );
    expect(ids).toEqual([
      'node_modules/actions/index.mjs#save',
      'node_modules/actions/index.cjs#save',
    ]);
  });

  it('may bring client components, with the "use client" of bundled modules left inside', async () => {
    const component = await run(
      {
        'node_modules/ui/package.json': '{"name": "ui", "type": "module", "main": "index.js"}',
        'node_modules/ui/index.js': `'use client';
          function Inner() { return null; }
          'use client';
          export function Button() { return Inner(); }`,
        'main.mjs': `
          import {Button} from 'ui';
          console.log(JSON.stringify({type: String(Button.$$typeof), id: Button.$$id}));`,
      },
      REACT_SERVER,
    );
    expect(component).toEqual({
      type: 'Symbol(react.client.reference)',
      id: 'node_modules/ui/index.js#Button',
    });
  });

  it('gets the one instance of the runtime by import and by require, even with tsx', async () => {
    const files = {
      'package.json': '{"type": "commonjs"}',
      'nested/required.cjs': `
        exports.server = require('use-server-webpack-plugin/server');
        exports.runtime = require('use-server-webpack-plugin/runtime');
        exports.client = require('use-server-webpack-plugin/client');
        exports.path = require.resolve('use-server-webpack-plugin/runtime');`,
      'main.mjs': `
        import {fileURLToPath} from 'node:url';
        import * as server from 'use-server-webpack-plugin/server';
        import * as runtime from 'use-server-webpack-plugin/runtime';
        import * as client from 'use-server-webpack-plugin/client';
        import required from './nested/required.cjs';
        console.log(JSON.stringify([
          required.server.loadServerManifest === server.loadServerManifest,
          required.runtime.registerServerExport === runtime.registerServerExport,
          required.client.createServerReference === client.createServerReference,
          required.path === fileURLToPath(import.meta.resolve('use-server-webpack-plugin/runtime')),
        ]));`,
    };
    const tsx = [
      '--import',
      pathToFileURL(join(repository, 'node_modules/tsx/dist/loader.mjs')).href,
    ];
    for (const flags of [REACT_SERVER, []]) {
      expect(await run(files, flags)).toEqual([true, true, true, true]);
      expect(await run(files, flags, tsx)).toEqual([true, true, true, true]);
    }
  });

  it('leaves alone what is no module of JavaScript, whatever its text says', async () => {
    const result = await run(
      {
        'data.json': '{"text": "use server"}',
        'words.mjs': 'export const words = "it says use server";',
        'main.mjs': `
          import {createRequire} from 'node:module';
          import {words} from './words.mjs';
          import {inline} from "data:text/javascript,'use server';export const inline = 1";
          const data = createRequire(import.meta.url)('./data.json');
          console.log(JSON.stringify({words, inline, data}));`,
      },
      REACT_SERVER,
    );
    expect(result).toEqual({
      words: 'it says use server',
      inline: 1,
      data: {text: 'use server'},
    });
  });
});
