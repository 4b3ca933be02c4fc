import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {transform} from '../../src/transform/index.ts';
import {inspect} from './support/inspect.ts';
import {fixtures, nodeBinaries, REACT_SERVER, REGISTER, runNode} from './support/node.ts';

const TSX = ['--import', 'tsx'];

describe.each(nodeBinaries)('$label: a module with errors', (node) => {
  const load = async (folder: string, module: string, flags: string[]) => {
    const cwd = join(fixtures, folder);
    const {report} = await inspect({
      node,
      modules: [module],
      flags: [...REACT_SERVER, ...flags],
      cwd,
    });
    return report[module]!.error!;
  };

  it.each([
    {setup: 'before tsx', flags: [...REGISTER, ...TSX]},
    {setup: 'after tsx', flags: [...TSX, ...REGISTER]},
  ])('fails with all of them at once, $setup', async ({flags}) => {
    for (const [folder, how] of [
      ['esm', 'import'],
      ['esm', 'require'],
      ['cjs', 'import'],
      ['cjs', 'require'],
    ] as const) {
      const {message} = await load(folder, `${how}:./broken.ts`, flags);
      const filename = join(fixtures, folder, 'broken.ts');
      const {diagnostics} = transform(readFileSync(filename, 'utf8'), {
        filename,
        root: join(fixtures, folder),
        target: 'server',
      })!;
      expect(diagnostics).toHaveLength(2);
      expect(message).toContain('Cannot load broken.ts, it has 2 errors');
      expect(message).toContain(`${filename}:3:`);
      expect(message).toContain(`${filename}:7:`);
      for (const diagnostic of diagnostics) {
        expect(message).toContain(diagnostic.code);
        expect(message).toContain(diagnostic.message);
        expect(message).toContain(diagnostic.frame);
      }
    }
  });

  it('says where a syntax error is', async () => {
    const {message} = await load('esm', 'import:./syntax-error.js', REGISTER);
    expect(message).toContain(`${join(fixtures, 'esm/syntax-error.js')}:`);
    expect(message).toContain('> 4 |');
  });

  it('has a code of its own when it is required', async () => {
    const {code, message} = await load('cjs', 'require:./broken.cjs', REGISTER);
    expect(code).toBe('ERR_USE_SERVER_COMPILE');
    expect(message).toContain(`${join(fixtures, 'cjs/broken.cjs')}:4:3 misplaced-directive`);
  });
});

describe.each(nodeBinaries)('$label: a module with a warning', (node) => {
  it('is loaded, and the warning shown once with its place', async () => {
    const cwd = join(fixtures, 'esm');
    const args = [...REACT_SERVER, ...REGISTER, 'reload.js'];
    const {stdout, stderr} = await runNode({node, args, cwd});
    expect(stdout).toBe('loaded\n');
    expect(stderr.split(`UseServerWarning: ${join(cwd, 'lostWrite.js')}:5:5 `)).toHaveLength(2);
  });
});
