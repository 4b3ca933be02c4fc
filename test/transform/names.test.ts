import {compile, ids} from './support/compile.ts';

test('an id is the path from the root, #, and the export name', () => {
  expect(ids(`'use server'; export async function save() {}`, {name: 'a/b.ts'})).toEqual([
    'src/a/b.ts#save',
  ]);
});

test('an inline function is named after where it stands', () => {
  const source = `
    export async function top() { 'use server'; }
    function Page() {
      async function save() { 'use server'; }
      const table = {remove: async () => { 'use server'; }, async add() { 'use server'; }};
      class Local { static async find() { 'use server'; } }
    }
    export default async function () { 'use server'; }
  `;
  expect(ids(source)).toEqual([
    'src/Page.tsx#$$top',
    'src/Page.tsx#$$Page$save',
    'src/Page.tsx#$$Page$table$remove',
    'src/Page.tsx#$$Page$table$add',
    'src/Page.tsx#$$Page$Local$find',
    'src/Page.tsx#$$default',
  ]);
});

test('a function without a name is told apart by its text, so a new one above changes nothing', () => {
  const form = (body: string) => `<form action={async () => { 'use server'; ${body} }} />`;
  const page = (...forms: string[]) => `function Page() { return <>${forms.join('')}</>; }`;
  const before = ids(page(form('save()'), form('remove()')));
  const after = ids(page(form('first()'), form('save()'), form('remove()')));
  expect(before).toHaveLength(2);
  expect(before[0]).toMatch(/^src\/Page\.tsx#\$\$Page\$action\$[0-9a-f]{6}$/);
  expect(after.slice(1)).toEqual(before);
});

test('two functions of one name keep their ids when they change places', () => {
  const a = `{ async function save() { 'use server'; a(); } }`;
  const b = `{ async function save() { 'use server'; b(); } }`;
  const [first, second] = ids(`function Page() { ${a} ${b} }`);
  expect(first).not.toBe(second);
  expect(ids(`function Page() { ${b} ${a} }`)).toEqual([second, first]);
});

test('the same text twice still gives two ids', () => {
  const twin = `async () => { 'use server'; }`;
  expect(new Set(ids(`function Page() { return [${twin}, ${twin}]; }`)).size).toBe(2);
});

test('ids do not depend on line endings', () => {
  const source = `function Page() {\n  return <a b={async () => {\n    'use server';\n  }} />;\n}`;
  expect(ids(source.replaceAll('\n', '\r\n'))).toEqual(ids(source));
});

test('a name that the module holds already is not given', () => {
  const [id] = ids(
    `const $$Page$save = 1; function Page() { async function save() { 'use server'; } }`,
  );
  expect(id).toBe('src/Page.tsx#$$Page$save_2');
});

test('hashed ids show neither path nor name', () => {
  const source = `'use server'; export async function save() {}`;
  const [id] = ids(source, {ids: 'hashed'});
  expect(id).toMatch(/^[0-9a-f]{40}$/);
  expect(compile(source, {ids: 'hashed', target: 'client'}).code).not.toMatch(/src|Page/);
});

test('one function under several names is listed under each', () => {
  const source = `'use server'; async function a() {} export {a, a as b, a as 'c d'};`;
  expect(ids(source)).toEqual(['src/Page.tsx#a', 'src/Page.tsx#b', 'src/Page.tsx#c d']);
});

test('ids of code that another tool compiled first follow the text that the author wrote', () => {
  const original = `function Page({note}: Props) { return <form action={async (data: FormData) => { 'use server'; save(note, data); }} />; }`;
  const compiled = `import {jsx} from "react/jsx-runtime";\nfunction Page({ note }) {\n  return jsx("form", { action: async (data) => {\n    "use server";\n    save(note, data);\n  } });\n}`;
  expect(ids(compiled, {originalSource: original})).toEqual(ids(original));
});

test('paths are POSIX and relative, and other drives or relative paths are refused', () => {
  expect(() => compile(`'use server'`, {root: 'relative'})).toThrow(TypeError);
  expect(ids(`'use server'; export async function a() {}`, {root: '/project/app'})).toEqual([
    '../src/Page.tsx#a',
  ]);
});

test('code that another tool compiled from TypeScript is read as JavaScript', () => {
  const original = `function Page(a: number, b: number) { return async () => { 'use server'; return [a < b, 1 > (2)]; }; }`;
  const compiled = `function Page(a, b) { return async () => { 'use server'; return f(a<b, c>(2)); }; }`;
  const {diagnostics} = compile(compiled, {originalSource: original});
  expect(diagnostics).toEqual([]);
});

test('ids of functions without a name do not change with comments, formatting or types', () => {
  const id = (action: string) => ids(`function Page() { return <form action={${action}} />; }`)[0];
  const first = id(`async (data) => { 'use server'; save('a', \`b\${data}\`, <b>c d</b>); }`);
  const second = id(
    `async (data: FormData): Promise<void> => {\n 'use server'; // comment\n save("a", \`b\${data}\`, (<b>\n  c\n  d\n</b>)) }`,
  );
  expect(second).toBe(first);
  expect(id(`async (data) => { 'use server'; save('A', \`b\${data}\`, <b>c d</b>); }`)).not.toBe(
    first,
  );
  expect(id(`async (data) => { 'use server'; save('a', \`c\${data}\`, <b>c d</b>); }`)).not.toBe(
    first,
  );
});
