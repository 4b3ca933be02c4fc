import {importUses} from '../../src/transform/analyse/details/importUses.ts';
import {transform} from '../../src/transform/index.ts';
import type {FunctionDetails, TransformOptions} from '../../src/transform/types.ts';

const OPTIONS: TransformOptions = {
  filename: '/app/src/actions.tsx',
  root: '/app',
  target: 'server',
  details: true,
};

function detailsIn(source: string): Record<string, FunctionDetails> {
  const {serverReferences, diagnostics} = transform(source, OPTIONS)!;
  expect(diagnostics.filter(({severity}) => severity === 'error')).toEqual([]);
  return Object.fromEntries(serverReferences.map(({details}) => [details!.label, details!]));
}

const MODULE = `'use server';
import {withUser, auth, validated} from './auth';
import {cache} from 'react';
const inner = async (id) => db.remove(id);
export const remove = withUser(inner);
export const add = auth.inputSchema(Note).action(async ({parsed}) => db.add(parsed));
export const read = cache(async (id: string) => db.read(String(id)));
export async function save(note, unused, ...rest) {
  if (!(await auth.requireSession())) throw new Error();
  const {title} = note;
  db.save(check(title), rest);
}
function check(text) { return schema.parse(text); }`;

test('are there only where asked for, and change nothing else', () => {
  const {details: _, ...plain} = OPTIONS;
  const without = transform(MODULE, plain)!;
  const having = transform(MODULE, OPTIONS)!;
  expect(without.serverReferences.some((reference) => 'details' in reference)).toBe(false);
  expect(having.serverReferences.every((reference) => 'details' in reference)).toBe(true);
  expect(having.code).toBe(without.code);
});

test('name what wraps a function, but not React', () => {
  const {remove, add, read} = detailsIn(MODULE);
  expect(remove!.guards).toEqual([{kind: 'wrapper', name: 'withUser', from: './auth'}]);
  expect(add!.guards).toEqual([
    {kind: 'wrapper', name: 'auth.inputSchema().action', from: './auth'},
  ]);
  expect(add!.validatedBy).toBe('auth.inputSchema().action');
  expect(read!.guards).toEqual([]);
});

test('name a wrapper with the role that it asks for, and with no secret', () => {
  const {save, load} = detailsIn(`'use server'; import {withRole, withApiKey} from './auth';
    export const save = withRole('admin')(async (id) => db.save(id));
    export const load = withApiKey('s3cr3t')(async (id) => db.load(id));`);
  expect(save!.guards.map(({name}) => name)).toEqual(['withRole("admin")']);
  expect(load!.guards.map(({name}) => name)).toEqual(['withApiKey()']);
});

test('name no guard of an export that is assigned another function later', () => {
  const {save, load} = detailsIn(`'use server'; import {withUser} from './auth';
    let inner = withUser(async (id) => db.save(id));
    export {inner as save};
    inner = async (id) => db.save(id);
    export let load = withUser(async (id) => db.load(id));`);
  expect(save).toMatchObject({guards: [], parameters: null});
  expect(load!.guards).toHaveLength(1);
});

test('name a guard that the function calls itself, and nothing that only sounds like work', () => {
  expect(detailsIn(MODULE)['save']!.guards).toEqual([
    {kind: 'call', name: 'auth.requireSession', from: './auth'},
  ]);
  const {load} = detailsIn(
    `'use server'; export async function load(id) { await getUser(id); await ensureDirectory(id); }`,
  );
  expect(load!.guards).toEqual([]);
});

test('tell of the parameters that are used whether a check is found, also in another function', () => {
  const {save, remove, read} = detailsIn(MODULE);
  expect(save!.parameters).toEqual([
    {name: 'note', isChecked: true},
    {name: 'rest', isChecked: false},
  ]);
  expect(remove!.parameters).toEqual([{name: 'id', isChecked: false}]);
  expect(read!.parameters).toEqual([{name: 'id', isChecked: true}]);
});

test('tell that a function reads arguments that it has no names for', () => {
  const {log, run, plain} = detailsIn(`'use server';
    export async function run(text) { return eval('text'); }
    export async function log(id) { const all = () => arguments; db.log(String(id), all()); }
    export async function plain() {}`);
  expect(log!.parameters).toEqual([
    {name: 'id', isChecked: true},
    {name: 'arguments', isChecked: false},
  ]);
  expect(run!.parameters).toEqual([{name: 'arguments', isChecked: false}]);
  expect(plain!.parameters).toEqual([]);
});

test.each<[string, string, string]>([
  ['a form', '<form action={save} />', 'form'],
  ['a button of a form', '<button formAction={save.bind(null, 1)} />', 'form'],
  ['any prop of a component', '<NoteForm action={save} />', 'prop'],
  ['a call', 'save(1)', 'called'],
  ['an argument', 'startTransition(save)', 'passed'],
  ['a condition', '<form action={isNew ? save : undefined} />', 'form'],
])('tell of an inline function that it is used in %s', (_, use, kind) => {
  const {save} = detailsIn(`function Page() {
    async function save() { 'use server'; }
    return ${use};
  }`);
  expect(save!.uses).toEqual([{kind, line: 3}]);
});

test('follow an inline function into variables', () => {
  const {save} = detailsIn(`export function Page({note}) {
    const save = async (text) => { 'use server'; await db.put(note.id, text); };
    const bound = save.bind(null, note.id);
    return <form action={bound} />;
  }`);
  expect(save).toMatchObject({
    within: 'Page',
    captures: [{name: 'note', paths: [['id']]}],
    uses: [{kind: 'form', line: 4}],
  });
});

describe('imports of a module', () => {
  const usesIn = (source: string) => importUses(source, '/app/Page.tsx');

  test('are listed by the names of the other module, with what is done with them', () => {
    expect(
      usesIn(`import save, {remove as rm, type Note} from './actions';
        import * as all from './more';
        export const Page = () => <><form action={save} /><X go={all.go} /></>;
        rm();`),
    ).toEqual([
      {specifier: './actions', name: 'default', exportedAs: null, uses: [{kind: 'form', line: 3}]},
      {specifier: './actions', name: 'remove', exportedAs: null, uses: [{kind: 'called', line: 4}]},
      {specifier: './more', name: 'go', exportedAs: null, uses: [{kind: 'prop', line: 3}]},
    ]);
  });

  test('are told from variables of the same name', () => {
    const [save] = usesIn(`import {save} from './actions';
      export const keep = (save) => save();`);
    expect(save!.uses).toEqual([]);
  });

  test('are exported again under other names', () => {
    expect(
      usesIn(`export {save as store} from './actions'; export * from './more';
        import {remove} from './actions'; export {remove as drop};`),
    ).toEqual([
      {specifier: './actions', name: 'save', exportedAs: 'store', uses: []},
      {specifier: './more', name: '*', exportedAs: '*', uses: []},
      {specifier: './actions', name: 'remove', exportedAs: 'drop', uses: []},
    ]);
  });

  test('of a file that is no JavaScript are none', () => {
    expect(usesIn('body { color: red }')).toEqual([]);
  });
});
