import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {IdOptions} from '../../src/references/ids.ts';
import {createServerManifest} from '../../src/references/manifests.ts';
import {transform} from '../../src/transform/index.ts';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const [node] = nodeBinaries as [(typeof nodeBinaries)[number]];
const idPrefix = '@acme/shop';

describe.each([
  {ids: 'path', folder: 'esm', file: 'Page.js', how: 'import', shape: /^@acme\/shop:Page\.js#\$\$/},
  {
    ids: 'hashed',
    folder: 'esm',
    file: 'Page.js',
    how: 'import',
    shape: /^@acme\/shop:[\da-f]{40}$/,
  },
  {ids: 'path', folder: 'cjs', file: 'Page.cjs', how: 'require', shape: /^@acme\/shop:Page\.cjs#/},
] as const)('with USE_SERVER_ID_PREFIX and ids: $ids, $how', ({ids, folder, file, how, shape}) => {
  test('a form that Node renders runs the function that webpack lists under that prefix', async () => {
    const cwd = join(fixtures, folder);
    const filename = join(cwd, file);
    const options: IdOptions = {ids, idPrefix};
    const text = readFileSync(filename, 'utf8');
    const {serverReferences} = transform(text, {
      filename,
      root: cwd,
      target: 'server',
      ...options,
    })!;
    const manifest = createServerManifest(
      serverReferences.map(({exportName}) => ({path: file, exportName})),
      options,
    );
    const script = join(fixtures, 'roundTrip.mjs');
    const {stdout, stderr} = await runNode({
      node,
      cwd,
      args: [...REACT_SERVER, ...REGISTER, script, how, `./${file}`, JSON.stringify(manifest)],
      env: {
        USE_SERVER_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
        USE_SERVER_ID_PREFIX: idPrefix,
        USE_SERVER_IDS: ids,
      },
    });
    if (!stdout) throw new Error(stderr);
    const {id, posted} = JSON.parse(stdout) as {id: string; posted: string};

    expect(id).toMatch(shape);
    expect(Object.keys(manifest)).toContain(id);
    expect(posted).toBe('saved 7 a,b ann ! posted');
  });
});
