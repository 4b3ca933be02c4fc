import {Project, stopBuilding, type BuildResult} from './support/project.ts';

afterAll(stopBuilding);

const app = {
  'src/index.js': `import {save} from './actions.js'; globalThis.save = save;`,
  'src/actions.js': `'use server';
    export * from './more.js';
    export async function save() {}`,
  'src/more.js': `export async function more() {}`,
  'src/Page.js': `export const Page = ({id}) => async () => { 'use server'; return id; };`,
  'src/Button.js': `'use client'; export function Button() {} export const other = 1;`,
};
const cached = `cache: {type: 'filesystem', cacheDirectory: context + '/.cache', buildDependencies: {}}`;

describe('with the persistent cache', () => {
  test.each(['development', 'production'])(
    'a second build in a new process gives the same bytes (%s)',
    async (mode) => {
      const project = new Project(`cache-${mode}`, app);
      const config = `mode: '${mode}', ${cached}`;
      const first = await project.build(config);
      const second = await project.buildSeparately(config);

      expect(first.printed).toBe('');
      expect(second).toEqual(first);
      expect(first.files).toEqual((await project.build(`mode: '${mode}'`)).files);
    },
  );

  test.each<[string, (project: Project) => string | void]>([
    [
      'a function has another name',
      (p) =>
        p.write({
          'src/actions.js': `'use server'; export async function put() {}`,
          'src/index.js': `import {put} from './actions.js'; put();`,
        }),
    ],
    [
      'a module behind export * has another function',
      (p) => p.write({'src/more.js': `export async function other() {}`}),
    ],
    [
      'a directive is added',
      (p) =>
        p.write({
          'src/more.js': `'use client'; export function More() {}`,
          'src/actions.js': `'use server'; export async function save() {}`,
        }),
    ],
    [
      'a directive is removed',
      (p) => p.write({'src/actions.js': `export async function save() {}`}),
    ],
    [
      'a client module is added',
      (p) => p.write({'src/New.js': `'use client'; export const New = 1;`}),
    ],
    ['a client module is removed', (p) => p.remove('src/Button.js')],
    ['an inline function is removed', (p) => p.write({'src/Page.js': `export const Page = 1;`})],
    [
      'an inline function has another name',
      (p) =>
        p.write({
          'src/Page.js': app['src/Page.js']
            .replace('async ()', 'async function other()')
            .replace("=> { 'use", "{ 'use"),
        }),
    ],
    [
      'an error comes',
      (p) => p.write({'src/actions.js': `'use server'; export function save() {}`}),
    ],
    ['ids are hashed', () => `{ids: 'hashed'}`],
    ['the root is another one', () => `{root: 'src'}`],
  ])('a build gives what a build without the cache gives after %s', async (name, edit) => {
    const project = new Project(`cache-edit-${name.replace(/\W/g, '-')}`, app);
    await project.build(cached);
    const options = edit(project) || '';
    const withCache = await project.buildSeparately(cached, options);
    const without = await project.build('', options);

    expect(withCache).toEqual(without);
  });

  test.each(['development', 'production'])(
    'a file that nothing imports is read again when it gets a directive, loses it, or is new (%s)',
    async (mode) => {
      const config = `mode: '${mode}', optimization: {minimize: false}, ${cached}`;
      const project = new Project(`cache-scan-${mode}`, {...app, 'src/lib/plain.js': `export {};`});
      const client = async () => {
        const {files} = await project.buildSeparately(config);
        return Object.keys(JSON.parse(files['react-client-manifest.json']!));
      };
      expect(await client()).toEqual(['src/Button.js']);

      project.write({'src/lib/plain.js': `'use client'; export const a = 1;`});
      expect(await client()).toEqual(['src/Button.js', 'src/lib/plain.js']);

      project.write({'src/lib/plain.js': `export const a = 1;`});
      expect(await client()).toEqual(['src/Button.js']);

      project.write({'src/lib/new.js': `'use client'; export const b = 1;`});
      expect(await client()).toEqual(['src/Button.js', 'src/lib/new.js']);
    },
  );

  test('errors and warnings come back in each build', async () => {
    const project = new Project('cache-errors', {
      ...app,
      'src/actions.js': `'use server'; export function save() {}`,
      'src/Page.js': `export const Page = (n) => async () => { 'use server'; n = 1; };`,
    });
    const first = await project.build(cached);
    const second = await project.buildSeparately(cached);

    expect(first.errors).toHaveLength(1);
    expect(first.warnings).toHaveLength(1);
    expect(second.printed).toBe(first.printed);
  });
});

describe('the output does not depend on', () => {
  const builds = (config: string): Promise<BuildResult[]> =>
    Promise.all([
      new Project('same-one', app).build(config),
      new Project('same-two', app).buildSeparately(config),
    ]);

  test.each([
    ['development', 'source-map'],
    ['development', 'eval-source-map'],
    ['production', 'source-map'],
  ])('the folder, nor on the process: %s, %s', async (mode, devtool) => {
    const [one, two] = await builds(`mode: '${mode}', devtool: '${devtool}'`);

    expect(two).toEqual(one);
  });
});
