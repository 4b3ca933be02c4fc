import {Project, stopBuilding} from './support/project.ts';

afterAll(stopBuilding);

const app = {
  'src/index.tsx': `
    import {save, type Note} from './actions';
    const note: Note = {title: 'a'};
    export const form = <form action={() => void save(note)} />;
    (globalThis as any).form = form;`,
  'src/actions.ts': `'use server';
    import {query} from './database';
    export interface Note { title: string }
    export async function save(note: Note): Promise<number> { return query('SECRET', note as object); }`,
  'src/database.ts': `export function query(text: string, data: object): number { return 1; }`,
  'src/Page.tsx': `
    import {query} from './database';
    export function Page({id}: {id: number}) {
      return <form action={async (data: FormData) => { 'use server'; query('SECRET', {id, data}); }} />;
    }`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2022',
      module: 'esnext',
      moduleResolution: 'bundler',
      jsx: 'react-jsx',
      strict: true,
      lib: ['es2022', 'dom'],
      types: [],
      skipLibCheck: true,
    },
    include: ['src'],
  }),
};

const loaders = {
  'babel-loader': `{loader: 'babel-loader', options: {presets: [
    ['@babel/preset-env', {targets: 'defaults'}], ['@babel/preset-react', {runtime: 'automatic'}], '@babel/preset-typescript']}}`,
  'swc-loader': `{loader: 'swc-loader', options: {jsc: {
    parser: {syntax: 'typescript', tsx: true}, transform: {react: {runtime: 'automatic'}}}}}`,
  'esbuild-loader': `{loader: 'esbuild-loader', options: {jsx: 'automatic'}}`,
  'ts-loader': `{loader: 'ts-loader', options: {compiler: 'typescript-with-api'}}`,
  'ts-loader, which only transpiles': `{loader: 'ts-loader', options: {compiler: 'typescript-with-api', transpileOnly: true}}`,
  'thread-loader and babel-loader': `[{loader: 'thread-loader', options: {workers: 1, poolTimeout: 0}},
    {loader: 'babel-loader', options: {presets: [['@babel/preset-react', {runtime: 'automatic'}], '@babel/preset-typescript']}}]`,
};

describe.each(Object.entries(loaders))('with %s', (_name, use) => {
  const config = `entry: './src/index.tsx', resolve: {extensions: ['.tsx', '.ts', '.js']}, devtool: 'source-map', module: {rules: [{test: /\\.tsx?$/, use: ${use}}]}`;

  test('types are gone, references are there, and nothing of the server is', async () => {
    const {printed, files} = await new Project('loaders', app).build(config);

    expect(printed).toBe('');
    expect(files['main.js']).toContain('"src/actions.ts#save"');
    expect(files['main.js'] + files['main.js.map']!).not.toContain('SECRET');
    expect(Object.keys(JSON.parse(files['server-actions-manifest.json']!))).toEqual([
      expect.stringMatching(/^src\/Page\.tsx#\$\$Page\$/),
      'src/actions.ts#save',
    ]);
  });

  test('an inline function in the graph of the browser is an error at its place in the source', async () => {
    const project = new Project('loaders-inline', app);
    project.write({
      'src/index.tsx': `import {Page} from './Page';\nconst page: unknown = Page;\nconsole.log(page);`,
    });
    const {errors, printed} = await project.build(config);

    expect(errors).toHaveLength(1);
    expect(printed).toMatch(/ERROR in \.\/src\/Page\.tsx 4:\d+/);
  });
});

describe('with ts-loader that checks types', () => {
  const config = `entry: './src/index.tsx', resolve: {extensions: ['.tsx', '.ts', '.js']}, module: {rules: [{test: /\\.tsx?$/, use: ${loaders['ts-loader']}}]}`;

  test('calls of server functions are checked against their declarations', async () => {
    const project = new Project('loaders-types', app);
    project.write({
      'src/index.tsx': `import {save} from './actions';\nsave({title: 5});`,
    });
    const {errors} = await project.build(config);

    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`Type 'number' is not assignable to type 'string'`);
  });

  test('the server module itself is checked', async () => {
    const project = new Project('loaders-types-inside', app);
    project.write({
      'src/actions.ts': app['src/actions.ts'].replace('note as object', '5'),
    });
    const {errors} = await project.build(config);

    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(`'number' is not assignable to parameter of type 'object'`);
  });
});

test('modules without a directive get no loader', async () => {
  const listLoaders = `{apply: (compiler) => compiler.hooks.compilation.tap('list', (compilation) =>
    compilation.hooks.finishModules.tap('list', (modules) => {
      const list = [...modules].map(({resource, loaders = []}) => [resource?.split('/').at(-1), loaders.length]);
      compilation.emitAsset('loaders.json', new compiler.webpack.sources.RawSource(JSON.stringify(Object.fromEntries(list))));
    }))}`;
  const {files} = await new Project('no-loader', {
    'src/index.js': `import {save} from './actions.js'; import {plain} from './plain.js'; globalThis.all = [save, plain];`,
    'src/actions.js': `'use server'; export async function save() {}`,
    'src/plain.js': `export const plain = 1;`,
  }).build(`plugins: [${listLoaders}]`);

  expect(JSON.parse(files['loaders.json']!)).toMatchObject({
    'index.js': 0,
    'plain.js': 0,
    'actions.js': 1,
  });
});
