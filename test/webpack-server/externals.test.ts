import {execFile} from 'node:child_process';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {stopBuilding} from '../webpack/support/project.ts';
import {BundledProject} from './support/bundledProject.ts';

afterAll(stopBuilding);

const app = {
  'src/server.js': `
    import pg from 'pg';
    import {loadServerManifest} from 'use-server-webpack-plugin/server';
    import {sum} from './actions.js';
    import {inSsr} from './ssr.js';
    async function main() {
      const ids = Object.keys(loadServerManifest());
      const isOnePg = inSsr() === pg.Pool && pg.Pool === (await import('pg')).default.Pool;
      console.log(JSON.stringify({ids, isOnePg, sum: await sum(), folder: import.meta.dirname}));
    }
    main();`,
  'src/actions.js': `
    'use server';
    export async function sum() {
      const {PGlite} = await import('@electric-sql/pglite');
      const db = await PGlite.create();
      const {rows} = await db.query('select 40 + 2 as sum');
      await db.close();
      return rows[0].sum;
    }`,
  'src/ssr.js': `
    import pg from 'pg';
    export const inSsr = () => pg.Pool;`,
};

test.each([
  [
    'an ES module',
    'main.mjs',
    `{output: {module: true, filename: 'main.mjs'}, experiments: {outputModule: true}`,
  ],
  ['CommonJS', 'main.cjs', `{output: {filename: 'main.cjs'}, externalsType: 'commonjs'`],
])(
  'packages with files of their own work as externals of a bundle that is %s',
  async (_format, main, config) => {
    const project = new BundledProject(`externals-${main}`, app);
    const result = await project.build(`
      shared: {mode: 'production'},
      server: ${config}, externals: ['@electric-sql/pglite', 'pg']},
      list: (configs) => configs.slice(0, 1)`);
    expect(result.printed).toBe('');

    const folder = join(project.folder, 'dist/server');
    // Neither packages nor files are looked for from where somebody starts it.
    const {stdout} = await promisify(execFile)(process.execPath, [join(folder, main)], {
      cwd: tmpdir(),
      env: {...process.env, NODE_OPTIONS: ''},
    });
    expect(JSON.parse(stdout)).toEqual({
      ids: ['src/actions.js#sum'],
      isOnePg: true,
      sum: 42,
      folder,
    });
  },
  120_000,
);
