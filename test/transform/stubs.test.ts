import {compile} from './support/compile.ts';

const SECRET_MODULE = `'use server';
import {db} from './database-module';
const password = 'SECRET';
/** SECRET comment */
export async function save(SECRET_PARAMETER) { return db.run(password); }
export const load = async () => 'SECRET';
export default async function () {}
export type SECRET_TYPE = string;
async function notExported() {}
export {save as 'string name', load as delete};
`;

test.each(['client', 'ssr'] as const)(
  'a %s stub holds references and nothing else of the module',
  (target) => {
    const {code, map, diagnostics} = compile(SECRET_MODULE, {target});
    expect(diagnostics).toEqual([]);
    expect(code).not.toMatch(/SECRET|database|password|db\b|notExported/);
    expect(map).toBeNull();
    expect(code.match(/\/\*#__PURE__\*\//g)).toHaveLength(5);
  },
);

test('every graph knows the same ids', () => {
  const server = compile(SECRET_MODULE);
  for (const target of ['client', 'ssr'] as const) {
    const stub = compile(SECRET_MODULE, {target});
    expect(stub.serverReferences.map(({id}) => id)).toEqual(
      server.serverReferences.map(({id}) => id),
    );
  }
});

test('callServer can come from a module of the application', () => {
  const {code} = compile(`'use server'; export async function a() {}`, {
    target: 'client',
    callServer: './my-call',
  });
  expect(code).toContain('import {callServer as $$callServer} from "./my-call";');
});

test('a CommonJS module gets a CommonJS stub', () => {
  const {code} = compile(
    `'use server'; exports.save = async () => {}; module.exports.load = async () => {};`,
    {
      target: 'client',
      name: 'actions.cjs',
    },
  );
  expect(code).toContain('module.exports["save"] =');
  expect(code).toContain('module.exports["load"] =');
  expect(code).not.toContain('import');
});

test('a "use client" module becomes client references in the server graph', () => {
  const source = `'use client'; import './styles.css'; export function Button() {} export default () => {}; export type Props = {};`;
  const {code, clientReferences, serverReferences} = compile(source, {name: 'Button.tsx'});
  expect(clientReferences.map(({id}) => id)).toEqual([
    'src/Button.tsx#Button',
    'src/Button.tsx#default',
  ]);
  expect(serverReferences).toEqual([]);
  expect(code).not.toContain('styles.css');
});

test('a "use client" module is left as it is in client and SSR graph, and its references are told', () => {
  const source = `'use client'; export function Button() {}`;
  for (const target of ['client', 'ssr'] as const) {
    const {code, clientReferences} = compile(source, {target});
    expect(code).toBe(source);
    expect(clientReferences.map(({exportName}) => exportName)).toEqual(['Button']);
  }
});

test('export * gives the names that were found out, except default and those that are hidden', () => {
  const source = `'use server'; export * from './notes'; export async function save() {}`;
  const starExports = new Map([['./notes', ['save', 'load', 'default']]]);
  for (const target of ['server', 'client'] as const) {
    const {serverReferences} = compile(source, {target, starExports});
    expect(serverReferences.map(({exportName}) => exportName).sort()).toEqual(['load', 'save']);
  }
});

test('a module without a directive is left alone, whatever words it holds', () => {
  expect(() => compile(`const text = 'use server'; // use client`)).toThrow('no directive');
  expect(() => compile(`export const a = 1;`)).toThrow('no directive');
});
