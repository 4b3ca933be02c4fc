import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {transform} from '../../src/transform/index.ts';
import {inspect} from './support/inspect.ts';
import {
  fixtures,
  nodeBinaries,
  REACT_SERVER,
  REGISTER,
  repository,
  runNode,
} from './support/node.ts';

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

  it.each([
    ['esm', 'syntax-error.js'],
    ['cjs', 'broken.cjs'],
  ])(
    'prints its frame once, the place in the docs, and no line of the hooks: %s',
    async (folder, file) => {
      const cwd = join(fixtures, folder);
      const args = [...REACT_SERVER, ...REGISTER, file];
      const {stderr, exitCode} = await runNode({node, args, cwd});
      expect(exitCode).toBe(1);
      expect(stderr.match(/^> 4 \|/gm)).toHaveLength(1);
      expect(stderr).toMatch(/node_modules\/use-server-webpack-plugin\/docs\/errors\.md#[a-z-]+/);
      expect(stderr).not.toContain('runTransform');
      expect(stderr).not.toContain('diagnostics');
    },
  );

  it('has a code of its own when it is required', async () => {
    const {code, message} = await load('cjs', 'require:./broken.cjs', REGISTER);
    expect(code).toBe('ERR_USE_SERVER_COMPILE');
    expect(message).toContain(`${join(fixtures, 'cjs/broken.cjs')}:4:3 misplaced-directive`);
  });
});

describe.each(nodeBinaries)('$label: a module that Node cannot run', (node) => {
  const messagesOf = async (folder: string, modules: string[]) => {
    const {report} = await inspect({
      node,
      modules,
      flags: [...REACT_SERVER, ...REGISTER],
      cwd: join(fixtures, folder),
    });
    return modules.map((module) => report[module]!.error!.message);
  };

  it('is led to tsx', async () => {
    const messages = await messagesOf('esm', ['import:./actions.tsx', 'import:./actions.jsx']);
    for (const [index, extension] of ['.tsx', '.jsx'].entries()) {
      const file = join(fixtures, `esm/actions${extension}`);
      expect(messages[index]).toContain(`cannot run ${extension} files: ${file}.`);
      expect(messages[index]).toContain(
        'node --conditions react-server --import tsx --import use-server-webpack-plugin/register server.js',
      );
    }
  });

  it('is told that its package is one of CommonJS', async () => {
    for (const message of await messagesOf('cjs', [
      'import:./esSyntax.js',
      'require:./esSyntax.js',
    ])) {
      expect(message).toContain(join(fixtures, 'cjs/esSyntax.js'));
      expect(message).toContain(
        `because ${join(fixtures, 'cjs/package.json')} says "type": "commonjs"`,
      );
      expect(message).toContain('Write "type": "module" there');
    }
  });
});

describe.each(nodeBinaries)('$label: a module that is changed after it was loaded', (node) => {
  it('is named once, with what starts the server again; not under `node --watch`, nor in production', async () => {
    const environments: Record<string, string>[] = [
      {},
      {WATCH_REPORT_DEPENDENCIES: '1'},
      {NODE_ENV: 'production'},
    ];
    const warnings = await Promise.all(
      environments.map(async (env) => {
        mkdirSync(join(repository, '.cache'), {recursive: true});
        const folder = mkdtempSync(join(repository, '.cache/stale-'));
        writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
        writeFileSync(join(folder, 'db.js'), 'export const value = 1;\n');
        writeFileSync(
          join(folder, 'main.js'),
          `import {writeFileSync} from 'node:fs';
           import './db.js';
           writeFileSync('notLoaded.js', '');
           for (const value of [2, 3]) writeFileSync('db.js', 'export const value = ' + value);
           setTimeout(() => {}, 4000);`,
        );
        const args = [...REACT_SERVER, ...REGISTER, 'main.js'];
        const {stderr} = await runNode({node, args, cwd: folder, env});
        rmSync(folder, {recursive: true});
        return [
          stderr.split(`${join(folder, 'db.js')} was changed`).length - 1,
          stderr.split('node --watch').length - 1,
        ];
      }),
    );
    expect(warnings).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
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
