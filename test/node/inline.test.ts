import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createServerManifest} from '../../src/references/manifests.ts';
import {transform} from '../../src/transform/index.ts';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const TSX = ['--import', 'tsx'];
const KEY = Buffer.alloc(32, 7).toString('base64');

const cases = nodeBinaries.flatMap((node) => [
  {node, name: 'alone', flags: REGISTER, folder: 'esm', file: 'Page.js', how: 'import'},
  {node, name: 'alone', flags: REGISTER, folder: 'cjs', file: 'Page.cjs', how: 'import'},
  {node, name: 'alone', flags: REGISTER, folder: 'cjs', file: 'Page.cjs', how: 'require'},
  ...[
    {name: 'after tsx', flags: [...TSX, ...REGISTER]},
    {name: 'before tsx', flags: [...REGISTER, ...TSX]},
  ].flatMap((setup) =>
    ['esm', 'cjs'].flatMap((folder) =>
      ['import', 'require'].map((how) => ({node, ...setup, folder, file: 'Page.tsx', how})),
    ),
  ),
]);

describe.each(cases)(
  '$node.label, register $name: an inline server function of $folder/$file by $how',
  ({node, flags, folder, file, how}) => {
    const cwd = join(fixtures, folder);
    const filename = join(cwd, file);
    let result: {id: string; called: string; posted: string; wire: string; fields: string[]};

    beforeAll(async () => {
      const {serverReferences} = transform(readFileSync(filename, 'utf8'), {
        filename,
        root: cwd,
        target: 'server',
      })!;
      const manifest = createServerManifest(
        serverReferences.map(({exportName}) => ({path: file, exportName})),
      );
      const {stdout, stderr} = await runNode({
        node,
        cwd,
        args: [
          ...REACT_SERVER,
          ...flags,
          join(fixtures, 'roundTrip.mjs'),
          how,
          `./${file}`,
          JSON.stringify(manifest),
        ],
        env: {USE_SERVER_ENCRYPTION_KEY: KEY},
      });
      if (!stdout) throw new Error(stderr);
      result = JSON.parse(stdout);
    });

    it('has a name that tells where it stands', () => {
      expect(result.id).toBe(`${file}#$$Page$save`);
    });

    it('gives the same when it is called here and when its form is posted', () => {
      expect(result.called).toBe('saved 7 a,b ann ! called');
      expect(result.posted).toBe('saved 7 a,b ann ! posted');
    });

    it('shows no captured value on its way', () => {
      expect(result.wire).toContain('$$Page$save');
      expect(result.wire).not.toMatch(/ann|a,b|never sent/);
    });
  },
);
