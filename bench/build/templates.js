/** Texts of the modules of a generated application: what such an application consists of, in usual sizes. */

const range = (count) => Array.from({length: count}, (_, k) => k);
const lines = (count, line) => range(count).map(line).join('\n');

/** Functions on plain data, 60 to 150 lines. */
export function helper(i, {imports}) {
  return `${imports}
export interface Row${i} {
  id: number;
  title: string;
  tags: string[];
  amount?: number;
}

const LIMIT = ${10 + i};
const revision = 0;

${lines(
  4 + (i % 7),
  (k) => `/** Rows of kind ${k}, the newest first. */
export function select${i}x${k}(rows: readonly Row${i}[], query = ''): Row${i}[] {
  const wanted = query.trim().toLowerCase();
  const found = rows.filter(({title, tags}) => {
    if (wanted === '') return true;
    return title.toLowerCase().includes(wanted) || tags.some((tag) => tag === wanted);
  });
  if (found.length > LIMIT + ${k}) {
    found.length = LIMIT;
  }
  return found.sort((a, b) => b.id - a.id || a.title.localeCompare(b.title));
}
`,
)}
export function summary${i}(rows: readonly Row${i}[]): string {
  const total = rows.reduce((sum, {amount}) => sum + (amount ?? 0), revision);
  const names = rows.map(({title}, index) => \`\${index + 1}. \${title}\`);
  return \`\${total.toFixed(2)} (\${names.join(', ')})\`;
}
`;
}

/** A component without a directive: it runs wherever it is imported. 50 to 130 lines. */
export function component(i, {imports, children}) {
  return `import type {ReactNode} from 'react';
${imports}
interface Props {
  title: string;
  rows: {id: number; title: string; tags: string[]; amount?: number}[];
  selected?: number;
  children?: ReactNode;
}

const revision = 0;

${lines(
  2 + (i % 5),
  (k) => `function Part${k}({title, rows, selected}: Props) {
  const label = title.length > ${20 + k} ? \`\${title.slice(0, ${20 + k})}…\` : title;
  return (
    <section className="part-${k}" aria-label={label} data-revision={revision}>
      <h3>{label}</h3>
      <ul>
        {rows.map((row) => (
          <li key={row.id} className={row.id === selected ? 'selected' : undefined}>
            <span>{row.title}</span>
            {row.tags.length > 0 && <small>{row.tags.join(', ')}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
`,
)}
export function Component${i}({title, rows, selected, children}: Props) {
  const visible = select${i}(rows, title);
  return (
    <article id="component-${i}">
${lines(2 + (i % 5), (k) => `      <Part${k} title={title} rows={visible} selected={selected} />`)}
${children.map((child) => `      <${child} title={title} rows={visible} />`).join('\n')}
      {children}
    </article>
  );
}
`;
}

/** A \`"use client"\` module with state, effects and calls of server functions. 60 to 150 lines. */
export function widget(i, {imports, children, actions}) {
  return `'use client';

import {useActionState, useEffect, useOptimistic, useRef, useState, useTransition} from 'react';
${imports}
interface Row {
  id: number;
  title: string;
  tags: string[];
}

const revision = 0;

${lines(
  2 + (i % 4),
  (k) => `function useDraft${k}(initial: string) {
  const [draft, setDraft] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (draft === initial) return undefined;
    timer.current = setTimeout(() => localStorage.setItem('draft-${i}-${k}', draft), ${200 + k});
    return () => clearTimeout(timer.current);
  }, [draft, initial]);
  return [draft, setDraft] as const;
}
`,
)}
export function Widget${i}({rows, title}: {rows: Row[]; title: string}) {
  const [message, submit, isPending] = useActionState(${actions[0]}, null);
  const [isMoving, startMoving] = useTransition();
  const [shown, addShown] = useOptimistic(rows, (old, row: Row) => [...old, row]);
${lines(2 + (i % 4), (k) => `  const [draft${k}, setDraft${k}] = useDraft${k}(title);`)}
  return (
    <form action={submit} data-revision={revision}>
${lines(
  2 + (i % 4),
  (k) =>
    `      <input name="field${k}" value={draft${k}} onChange={(event) => setDraft${k}(event.target.value)} />`,
)}
      <button
        type="button"
        disabled={isMoving}
        onClick={() =>
          startMoving(async () => {
            addShown({id: -1, title, tags: []});
            await ${actions[1]}(rows.map(({id}) => id));
          })
        }
      >
        Move
      </button>
      <button disabled={isPending}>Save</button>
      {message && <p role="alert">{String(message)}</p>}
${children.map((child) => `      <${child} title={title} rows={shown} />`).join('\n')}
    </form>
  );
}
`;
}

/** A \`"use server"\` module with several functions. 60 to 130 lines. */
export function actions(i, {imports, count}) {
  return `'use server';

${imports}
const MOST = ${100 + i};

function check(value: unknown): string {
  const text = String(value ?? '').trim();
  if (text === '' || text.length > MOST) throw new RangeError('Write between 1 and ' + MOST + ' letters.');
  return text;
}

${lines(
  count,
  (k) => `export async function ${actionName(i, k)}(previous: unknown, form?: FormData | number[]) {
  const revision = 0;
  const rows = await find${i}(Number(previous));
  if (form instanceof FormData) {
    const title = check(form.get('title'));
    const tags = form.getAll('tag').map(check);
    await put${i}({id: rows.length + revision, title, tags});
    return \`Saved \${title} with \${tags.length} tags\`;
  }
  for (const id of form ?? []) {
    const row = rows.find((candidate) => candidate.id === id);
    if (row) await put${i}({...row, tags: [...row.tags, 'moved-${k}']});
  }
  return null;
}
`,
)}`;
}

export const actionName = (i, k) => `save${i}x${k}`;

/** What only the server has. 40 to 80 lines. */
export function database(i) {
  return `export interface Stored${i} {
  id: number;
  title: string;
  tags: string[];
}

const table = new Map<number, Stored${i}>();

export async function find${i}(from: number): Promise<Stored${i}[]> {
  return [...table.values()].filter(({id}) => id >= from || Number.isNaN(from));
}

export async function put${i}(row: Stored${i}): Promise<void> {
  table.set(row.id, structuredClone(row));
}

${lines(
  2 + (i % 4),
  (k) => `export async function count${i}x${k}(tag: string): Promise<number> {
  let count = 0;
  for (const {tags} of table.values()) {
    if (tags.includes(tag) && tags.length > ${k}) count++;
  }
  return count;
}
`,
)}`;
}

/** A Server Component, some with inline server functions. 60 to 140 lines. */
export function page(i, {imports, components, widgets, hasInlineFunctions}) {
  return `${imports}
const revision = 0;

interface Params {
  params: {id: string};
  searchParams: Record<string, string>;
}

export default async function Page${i}({params, searchParams}: Params) {
  const note = {id: Number(params.id), title: searchParams.title ?? 'Untitled'};
  const rows = await find${i}(note.id);
${lines(
  2 + (i % 5),
  (k) => `  const column${k} = rows
    .filter(({tags}) => tags.includes(searchParams.tag${k} ?? 'none'))
    .map((row, index) => {
      const label = \`\${row.title}-\${index}-\${searchParams.q${k} ?? ''}\`;
      return (
        <li className="row" data-index={index} key={row.id}>
          {label.toUpperCase()}
        </li>
      );
    });`,
)}
${hasInlineFunctions ? inlineFunctions(i) : ''}
  return (
    <main data-revision={revision}>
      <h1>{note.title}</h1>
${hasInlineFunctions ? '      <form action={save} />\n      <form action={remove} />' : ''}
${lines(2 + (i % 5), (k) => `      <ul>{column${k}}</ul>`)}
${[...components, ...widgets].map((child) => `      <${child} title={note.title} rows={rows} />`).join('\n')}
    </main>
  );
}
`;
}

const inlineFunctions = (i) => `
  async function save(form: FormData) {
    'use server';
    const title = String(form.get('title') ?? note.title);
    if (title.length > 200) throw new Error('too long');
    await put${i}({id: note.id, title, tags: [searchParams.tag ?? '']});
  }
  const remove = async () => {
    'use server';
    await put${i}({id: note.id, title: '', tags: []});
  };
`;

/** A module of a package, as published: compiled, with comments. */
export function packageModule(name, m) {
  return `/**
 * ${name}, module ${m}. MIT license.
 */
${lines(
  6,
  (k) => `/** @param {string} text */
export function ${packageExport(m)}${k === 0 ? '' : k}(text, options = {}) {
  const {separator = ', ', limit = ${k + 3}} = options;
  const parts = String(text).split(separator);
  for (let i = 0; i < parts.length && i < limit; i++) {
    parts[i] = parts[i].replace(/\\s+/g, ' ').trim();
  }
  return parts.slice(0, limit).join(separator);
}
`,
)}`;
}

export const packageExport = (m) => `tidy${m}`;

/** A \`"use client"\` module of a package, compiled as published. */
export function packageWidget(m) {
  return `'use client';
import {useId, useState} from 'react';
import {jsx, jsxs} from 'react/jsx-runtime';
export function KitWidget${m}({title, rows, ...rest}) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const label = isOpen ? \`Hide \${title}\` : \`Show \${title}\`;
  return jsxs('div', {
    ...rest,
    className: 'kit-widget-${m}',
    children: [
      jsx('button', {
        'type': 'button',
        'aria-expanded': isOpen,
        'aria-controls': id,
        'onClick': () => setOpen(!isOpen),
        'children': label,
      }),
      isOpen && jsx('ul', {id, children: rows.map((row) => jsx('li', {children: row.title}, row.id))}),
    ],
  });
}
`;
}
