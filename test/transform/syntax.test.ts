import {moduleRecord} from '../../src/transform/index.ts';
import {compile, ids} from './support/compile.ts';

const inline = `static async save() { 'use server'; return 1; }`;

describe('decorators', () => {
  test.each([
    `export @dec class A { ${inline} }`,
    `export @dec() @other.one class A { ${inline} }`,
    `@dec export class A { ${inline} }`,
    `@dec @other('x') export class A { ${inline} }`,
    `@dec class A { ${inline} } export {A}`,
    `export @dec class A { @member static accessor a = 1; ${inline} }`,
    `export @dec class A { constructor(@inject() a) {} ${inline} }`,
    `@dec export class A { constructor(@inject() a) {} @list[0] m() {} ${inline} }`,
  ])('are read before and after export: %p', (source) => {
    for (const name of ['Page.js', 'Page.jsx', 'Page.ts', 'Page.tsx', 'Page.mjs']) {
      expect(compile(source, {name}).diagnostics).toEqual([]);
      expect(ids(source, {name})).toEqual([`src/${name}#$$A$save`]);
    }
  });

  test('are read behind "export default" as well', () => {
    expect(ids(`export default @dec class A { ${inline} }`)).toEqual(['src/Page.tsx#$$A$save']);
    expect(ids(`@dec export default class A { ${inline} }`)).toEqual(['src/Page.tsx#$$A$save']);
  });
});

describe('import assertions and attributes', () => {
  const options = {starExports: new Map([['./b.json', ['b']]])};

  test.each(['with', 'assert'])('are read with the keyword "%s"', (keyword) => {
    const source = `'use server';\nimport data from './a.json' ${keyword} {type: 'json'};\nexport {x} from './x.js' ${keyword} {type: 'x'};\nexport * from './b.json' ${keyword} {type: 'json'}\nexport async function save() { return data; }`;
    for (const name of ['actions.js', 'actions.ts']) {
      const {code, diagnostics} = compile(source, {name, ...options});
      expect(diagnostics).toEqual([]);
      // The import that the compiler adds is of the same module.
      expect(code).toContain(`import {x as $$x} from './x.js' ${keyword} {type: 'x'};`);
      expect(code).toContain(`import {b as $$b} from './b.json' ${keyword} {type: 'json'};`);
    }
  });
});

describe('Flow', () => {
  const source = `import type {Note} from './note';\nimport typeof Store from './store';\nexport type Id = {| id: string |};\nexport opaque type Key = string;\nfunction Page(note: ?Note, ...rest: Array<mixed>): React$Node {\n  return async (data: FormData): Promise<void> => { 'use server'; ((note: any): Id); };\n}`;

  test.each(['Page.js', 'Page.jsx', 'Page.mjs', 'Page.cjs'])(
    'is read in %s without a pragma',
    (name) => {
      const {diagnostics, serverReferences} = compile(source, {name});
      expect(diagnostics).toEqual([]);
      expect(serverReferences).toHaveLength(1);
    },
  );

  test('goes together with decorators', () => {
    const {diagnostics} = compile(`${source}\nexport @dec class A { ${inline} }`, {
      name: 'Page.js',
    });
    expect(diagnostics).toEqual([]);
  });

  test('is not read in TypeScript', () => {
    const [diagnostic] = compile(source, {name: 'Page.ts'}).diagnostics;
    expect(diagnostic!.code).toBe('syntax-error');
  });

  test('a syntax error is told as one of JavaScript, unless the file says that it is Flow', () => {
    const broken = `'use server';\nexport async function save() { f(: x); }`;
    const [error, ...others] = compile(broken, {name: 'actions.js'}).diagnostics;
    expect(others).toEqual([]);
    expect([error!.code, error!.loc.start.line]).toEqual(['syntax-error', 2]);
    const flow = `// @flow\n'use server';\nexport async function save(x: number) { f(: x); }`;
    expect(compile(flow, {name: 'actions.js'}).diagnostics[0]!.loc.start).toEqual({
      line: 3,
      column: 42,
    });
  });
});

describe('parserPlugins', () => {
  const page = (expression: string) =>
    `function Page(x) { return async () => { 'use server'; return ${expression}; }; }`;

  test.each([
    ['doExpressions', page('do { let a = 1; a + x }')],
    ['throwExpressions', page('x ?? throw new Error()')],
    ['v8intrinsic', page('%DebugPrint(x)')],
    ['partialApplication', page('f(x, ?)')],
    ['functionBind', page('x::g')],
    ['moduleBlocks', page('[x, module { export let y = 1; }]')],
    ['asyncDoExpressions', page('async do { await x }'), 'doExpressions'],
    [['pipelineOperator', {proposal: 'fsharp'}], page('x |> f')],
    [['pipelineOperator', {proposal: 'minimal'}], page('x |> f')],
    [['pipelineOperator', {proposal: 'hack', topicToken: '%'}], page('x |> f(%)')],
    [['optionalChainingAssign', {version: '2023-07'}], page('(x?.y).z')],
    [['decorators', {decoratorsBeforeExport: false}], `export @dec class A { ${inline} }`],
    ['flow', page('(x: any)')],
  ] as const)('read what %p stands for', (plugin, source, ...more) => {
    const parserPlugins = [plugin, ...more];
    expect(compile(source, {name: 'Page.js', parserPlugins}).diagnostics).toEqual([]);
    // TypeScript stays TypeScript.
    const typed = source.replace('x)', 'x: number)');
    if (plugin !== 'flow')
      expect(compile(typed, {name: 'Page.ts', parserPlugins}).diagnostics).toEqual([]);
  });

  test('captures are found in syntax that is no standard', () => {
    const source = `function Page(a, b, c) { return async () => { 'use server'; let c; return do { a |> f(%, b, c) }; }; }`;
    const {code} = compile(source, {
      name: 'Page.js',
      parserPlugins: ['doExpressions', ['pipelineOperator', {proposal: 'hack', topicToken: '%'}]],
    });
    expect(code).toContain('() => [a, b]');
  });

  test('count for the text that the author wrote as well', () => {
    const originalSource = `function Page(x) { return <form action={async () => { 'use server'; return do { x } }} />; }`;
    const compiled = `function Page(x) { return jsx("form", {action: async () => { "use server"; return x; }}); }`;
    const parserPlugins = ['doExpressions'];
    expect(ids(compiled, {originalSource, parserPlugins})).toEqual(
      ids(originalSource, {name: 'Page.tsx', parserPlugins}),
    );
  });

  test('"export save from" is the default export of another module', () => {
    const source = `'use server'; export save from './save.js';`;
    const {code, serverReferences} = compile(source, {
      name: 'actions.js',
      parserPlugins: ['exportDefaultFrom'],
    });
    expect(serverReferences.map(({id}) => id)).toEqual(['src/actions.js#save']);
    expect(code).toContain(`import {default as $$save} from './save.js';`);
    const {exports} = moduleRecord(source, '/a.js', {parserPlugins: ['exportDefaultFrom']});
    expect(exports.get('save')).toEqual({
      kind: 'indirect',
      specifier: './save.js',
      importedName: 'default',
    });
  });

  test('that exclude each other are told to be an option', () => {
    const [diagnostic] = compile(page('x'), {
      parserPlugins: ['placeholders', 'v8intrinsic'],
    }).diagnostics;
    expect(diagnostic!.message).toMatch(/^The option "parserPlugins": Cannot combine/);
  });

  test('without its plugin a proposal is a syntax error', () => {
    expect(compile(page('do { x }')).diagnostics[0]!.code).toBe('syntax-error');
  });
});
