import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {transform} from '../../src/transform/index.ts';
import {inspect, type InspectedModule} from './support/inspect.ts';
import {
  fixtures,
  nodeBinaries,
  REACT_SERVER,
  REGISTER,
  runNode,
  type NodeBinary,
} from './support/node.ts';

const ESM = join(fixtures, 'esm');
const CJS = join(fixtures, 'cjs');
const TSX = ['--import', 'tsx'];

interface Setup {
  name: string;
  flags: string[];
  esm: string[];
  cjs: string[];
}

/** Node that strips types itself knows neither JSX nor `.tsx`. */
function setups({stripsTypes}: NodeBinary): Setup[] {
  const javascript = ['actions.js', 'actions.mjs'];
  const typescript = stripsTypes ? ['actions.ts', 'actions.mts'] : [];
  const everything = [...javascript, 'actions.ts', 'actions.mts', 'actions.tsx', 'actions.jsx'];
  const commonjs = ['actions.cjs', 'actions.js'];
  const allCommonjs = [...commonjs, 'actions.cts', 'actions.ts', 'actions.tsx', 'actions.jsx'];
  return [
    {
      name: 'alone',
      flags: REGISTER,
      esm: [...javascript, ...typescript],
      cjs: [...commonjs, ...(stripsTypes ? ['actions.cts'] : [])],
    },
    {name: 'after tsx', flags: [...TSX, ...REGISTER], esm: everything, cjs: allCommonjs},
    {name: 'before tsx', flags: [...REGISTER, ...TSX], esm: everything, cjs: allCommonjs},
  ];
}

const cases = nodeBinaries.flatMap((node) =>
  setups(node).flatMap((setup) =>
    (['import', 'require'] as const).flatMap((how) => [
      {node, setup, how, folder: ESM, files: setup.esm, kind: 'an ESM package'},
      {node, setup, how, folder: CJS, files: setup.cjs, kind: 'a CommonJS package'},
    ]),
  ),
);

describe.each(cases)(
  '$node.label, register $setup.name: $how of "use server" modules in $kind',
  ({node, setup, how, folder, files}) => {
    let report: Record<string, InspectedModule>;
    let stderr: string;

    beforeAll(async () => {
      const modules = files.map((file) => `${how}:./${file}`);
      ({report, stderr} = await inspect({
        node,
        modules,
        flags: [...REACT_SERVER, ...setup.flags],
        cwd: folder,
      }));
    });

    const exportsOf = (file: string) => {
      const {exports, error} = report[`${how}:./${file}`]!;
      if (error) throw new Error(`${file} did not load: ${error.message}`);
      return exports!;
    };

    it.each(files)('%s: every function has the id that the transform gives', (file) => {
      const filename = join(folder, file);
      const {serverReferences} = transform(readFileSync(filename, 'utf8'), {
        filename,
        root: folder,
        target: 'server',
      })!;
      const expected = Object.fromEntries(
        serverReferences.map(({exportName, id}) => [exportName, id]),
      );
      expect(Object.keys(expected)).toEqual(expect.arrayContaining(['save', 'remove', 'fail']));
      const exports = exportsOf(file);
      const got = Object.keys(expected).map((name) => [name, exports[name]?.id]);
      expect(Object.fromEntries(got)).toEqual(expected);
    });

    it.each(files)('%s: the functions are references as React makes them', (file) => {
      const {save, remove} = exportsOf(file);
      for (const reference of [save!, remove!]) {
        expect(reference).toMatchObject({
          type: 'react.server.reference',
          bound: null,
          hidden: true,
          source: 'function () { [omitted code] }',
        });
      }
    });

    it.each(files)('%s: the functions run', (file) => {
      const {save, remove} = exportsOf(file);
      expect(save!.result).toBe('saved a none');
      expect(remove!.result).toBe('removed a');
    });

    it.each(files)('%s: a stack trace points at the line that threw', (file) => {
      const {thrown} = exportsOf(file)['fail']!;
      expect(thrown!.message).toBe('failed on purpose');
      const [first] = thrown!.stack.split('\n').filter((line) => line.includes(' at '));
      expect(first).toContain(`${join(folder, file)}:${lineOfThrow(folder, file)}:`);
    });

    it('nothing is said on standard error', () => {
      expect(withoutNodesOwnWarnings(stderr)).toBe('');
    });
  },
);

const tsxOrders = nodeBinaries.flatMap((node) => [
  {node, name: 'after tsx', flags: [...TSX, ...REGISTER]},
  {node, name: 'before tsx', flags: [...REGISTER, ...TSX]},
]);

describe.each(tsxOrders)('$node.label, register $name', ({node, flags}) => {
  it('lets ES modules import the functions of CommonJS modules by name', async () => {
    const {stdout, stderr} = await runNode({
      node,
      args: [...REACT_SERVER, ...flags, 'named.mjs'],
      cwd: CJS,
    });
    expect(stderr).not.toContain('SyntaxError');
    expect(JSON.parse(stdout)).toEqual([
      'actions.ts#save',
      'actions.cts#save',
      'module.cts#save',
      'actions.cjs#save',
    ]);
  });

  it('compiles a module once, whatever words are left in it', async () => {
    for (const cwd of [ESM, CJS]) {
      const modules = ['import:./mentions.ts', 'require:./mentions.ts'];
      const {report} = await inspect({node, modules, flags: [...REACT_SERVER, ...flags], cwd});
      for (const module of modules) {
        expect(report[module]!.exports!['save']).toMatchObject({
          id: 'mentions.ts#save',
          result: 'a string may say "use server" too',
        });
      }
    }
  });
});

function lineOfThrow(folder: string, file: string): number {
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  return lines.findIndex((line) => line.includes('failed on purpose')) + 1;
}

/** React's about Node 20, and Node's about its own type stripping and module detection. */
function withoutNodesOwnWarnings(stderr: string): string {
  return stderr
    .split('\n')
    .filter(
      (line) => !/ArrayBuffer\.prototype\.detached|Type Stripping|--trace-warnings/.test(line),
    )
    .join('\n')
    .trim();
}
