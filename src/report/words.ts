import type {Capture} from '../transform/types.ts';
import {
  validationOf,
  type Exposure,
  type Report,
  type ReportedFunction,
  type ReportedGuard,
  type FunctionUser,
  type Validation,
} from './report.ts';

/** Why a function can be called, in a word or two. */
export const EXPOSURE_LABELS: Readonly<Record<Exposure, string>> = {
  client: 'imported',
  server: 'given to the page',
  inline: 'in the page',
  'handed-out': 'handed out',
  'server-calls': 'by the server only',
  unused: 'not used',
};

/** Whether nothing in a browser needs to call a function, as far as the build knows. */
export function isNeedless({exposure}: Pick<ReportedFunction, 'exposure'>): boolean {
  return exposure === 'unused' || exposure === 'server-calls';
}

/** Whether an argument is used that nothing is seen to check. */
export function isUnchecked(fn: Pick<ReportedFunction, 'parameters' | 'validatedBy'>): boolean {
  return ['unchecked', 'partly checked'].includes(validationOf(fn));
}

/** Without a wrapper that, by its name, looks at the arguments and not at who calls. */
export function guardsOf({
  guards,
  validatedBy,
}: Pick<ReportedFunction, 'guards' | 'validatedBy'>): ReportedGuard[] {
  return guards.filter(({name}) => name !== validatedBy || /auth|user|session|role/i.test(name));
}

/** Says why a function can be called, and what to do where that is for nothing. */
export function whyExposed({exposure, usedBy, handedOutBy, within}: ReportedFunction): string {
  const clients = usedBy.filter(({graph}) => graph === 'client').map(({file}) => file);
  switch (exposure) {
    case 'client':
      return `Its module says "use server", and ${listed(clients)} in the browser ${clients.length === 1 ? 'imports' : 'import'} it.`;
    case 'server':
      return `Its module says "use server", and ${listed(usedBy.map(({file}) => file))} on the server gives it to the page.`;
    case 'inline':
      return `It says "use server" itself${within === null ? '' : ` in ${within}`}. Everyone who gets the page that holds it can call it, with the captures as they were then.`;
    case 'handed-out':
      return handedOutBy.length > 0
        ? `Its module says "use server", and ${listed(handedOutBy)} may hand it out.`
        : 'Its module says "use server", and hands it out when it is loaded.';
    case 'server-calls':
      return 'Only code on the server calls it, which needs no "use server". Move it to a module without the directive: strangers can call it, and nothing in the browser does.';
    case 'unused':
      return 'Nothing is known to use it. It can be called only because its module exports it. Delete it, or take "export" away.';
  }
}

export const VALIDATION_LABELS: Readonly<Record<Validation, string>> = {
  checked: 'checked',
  'partly checked': 'partly checked',
  unchecked: 'no check seen',
  'no arguments': 'none used',
  unknown: 'not known',
};

/** Says what becomes of the arguments. */
export function validationText(fn: ReportedFunction): string {
  const {parameters, validatedBy, definedIn} = fn;
  if (validatedBy !== null) return `validated by ${validatedBy}`;
  if (parameters === null) return definedIn === null ? 'not known' : `not known: see ${definedIn}`;
  if (validationOf(fn) === 'no arguments') return 'none used';
  return parameters
    .map(({name, isChecked}) => `${name}: ${isChecked ? 'checked' : 'no check seen'}`)
    .join(', ');
}

/** `note.author.id`, or `note` as a whole. */
export function captureTexts({name, paths}: Capture): string[] {
  return paths === null ? [name] : paths.map((path) => [name, ...path].join('.'));
}

/** `note.id, note.author.name`. */
export function capturesText({captures}: Pick<ReportedFunction, 'captures'>): string {
  return captures.flatMap((capture) => captureTexts(capture)).join(', ');
}

/** `withUser from src/auth.js`. */
export function guardText({kind, name, file}: ReportedGuard): string {
  const call = kind === 'call' ? `calls ${name}()` : name;
  return file === null ? call : `${call} from ${file}`;
}

/** `in a form, calls it`. */
export function usesText({uses, isWhole}: FunctionUser): string {
  const kinds = [...new Set(uses.map(({kind}) => USES[kind]))];
  if (kinds.length > 0) return kinds.join(', ');
  return isWhole ? 'imports the whole module' : 'imports it';
}

const USES: Readonly<Record<FunctionUser['uses'][number]['kind'], string>> = {
  form: 'in a form',
  prop: 'as a prop',
  called: 'calls it',
  passed: 'passes it on',
};

/** What the build cannot tell, to be said wherever it is relied on. */
export function limitsOf({server}: Report): string[] {
  return [
    ...(server === 'sources'
      ? [
          'Node runs the server from its sources, so the server side shows the files that the option "include" finds, by their ES imports, without packages.',
        ]
      : []),
    'Guards are wrappers, and calls whose names ask for a user, a role or a session. Whether they do is for you to read. Middleware and onRequest of the handler, which guard every call, are not known to a build.',
    'An argument counts as checked when some check of it can be found in its module. Which one, the build does not judge.',
  ];
}

export function countText(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function listed(items: readonly string[]): string {
  if (items.length <= 1) return items[0] ?? '';
  if (items.length > 3) return `${items[0]} and ${items.length - 1} others`;
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
