import type {Report, ReportedFunction} from '../../../src/report/report.ts';

/** Small modules in which each fact of a report occurs. Entries are left to the test. */
export const MODULES: Record<string, string> = {
  'src/actions.js': `'use server';
import {withUser, validated, requireUser} from './guards.js';
import {Note} from './schema.js';
import {internal} from './internal.js';
export {remote} from './remote.js';

export async function save(note) { return note; }
export const rename = validated([Note], async ({id, title}) => [id, title]);
export const remove = withUser(withRole('admin')(async (id) => id));
export async function publish(id) {
  const user = await requireUser();
  return [user, Note.parse(id)];
}
export async function whole() { return internal(); }
export async function open() { return {more}; }
export async function more() {}
export async function list() { return []; }
export async function forgotten(filter) { return filter; }
const withRole = () => (run) => run;
`,
  'src/barrel.js': `export {save as store} from './actions.js'; export * from './lazyActions.js';`,
  'src/lazyActions.js': `'use server'; export async function later() {}`,
  'src/internal.js': `'use server'; export async function internal() {}`,
  'src/remote.js': `export async function remote(text) { return text; }`,
  'src/guards.js': `
export const withUser = (run) => async (...args) => run(...args);
export const validated = (schemas, run) => async (...args) => run(...args);
export async function requireUser() {}`,
  'src/schema.js': `export const Note = {parse: (note) => note};`,
  'src/Form.js': `'use client';
import {useActionState} from 'react';
import {store} from './barrel.js';
import * as actions from './actions.js';
export function Form() {
  const [, action] = useActionState(store, null);
  actions.rename({id: 1});
  import('./Lazy.js');
  return action;
}`,
  'src/Lazy.js': `import {later} from './barrel.js'; later(); globalThis.lazy = later;`,
  'src/Page.js': `
import {createElement} from 'react';
import {list, remove} from './actions.js';
import {Form} from './Form.js';
export async function Page({note}) {
  async function edit(data) {
    'use server';
    return [note.id, note.author?.name, data];
  }
  await list();
  const form = createElement('form', {action: edit}, createElement(Form));
  return [form, createElement('button', {formAction: remove})];
}`,
};

export function functionNamed(report: Report, name: string): ReportedFunction {
  const found = report.functions.find((fn) => fn.name === name);
  if (!found) throw new Error(`The report has no function ${name}.`);
  return found;
}

/** Where a function is used, in short: `client src/Form.js form`. */
export function usersOf(report: Report, name: string): string[] {
  return functionNamed(report, name).usedBy.map(({file, graph, uses}) =>
    [graph, file, ...uses.map(({kind}) => kind)].join(' '),
  );
}
