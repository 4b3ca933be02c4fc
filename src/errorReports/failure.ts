import {types} from 'node:util';
import {findSourcePlace} from '../sourcePlaces/index.ts';
import type {SourceFrame} from '../sourcePlaces/sourcePlace.ts';
import {adviceFor} from './advice.ts';
import {describeValue} from './describeValue.ts';
import {parameterNames} from './parameterNames.ts';
import {plainText} from './plainText.ts';
import {pathText, placeOfIssue, validationIssues} from './validationIssues.ts';

/** A server function that failed, as the handler knows it. */
export interface Failure {
  error: unknown;
  /** `$$id` of the function, once it is known. */
  id: string | undefined;
  /** What the client gets in production. */
  digest: string;
  call: FailedCall | undefined;
}

/** What was called, once that is known. */
export interface FailedCall {
  serverFunction: (...args: never[]) => unknown;
  /** As they were decoded, without the token of captures. */
  args: readonly unknown[];
}

/** All that is shown of a failure, as plain text. */
export interface FailureReport {
  /** One line. */
  title: string;
  /** What was thrown, then its causes. */
  errors: readonly [ErrorReport, ...ErrorReport[]];
  args: readonly ArgumentReport[];
}

export interface ErrorReport {
  name: string;
  message: string;
  /** Members that libraries add: `code: 'ECONNREFUSED'`. */
  members: readonly string[];
  issues: readonly IssueReport[];
  /** The source around the first line of the app's own. */
  frame: string | undefined;
  /** `sign (src/actions.js:7:12)`: that line. */
  place: string | undefined;
  /** Lines of packages that threw it, above that line. */
  above: readonly string[];
  /** Further lines of the app's own. */
  below: readonly string[];
  /** What to write instead. */
  advice: string | undefined;
}

export interface ArgumentReport {
  /** The name of its parameter, or its number. */
  name: string;
  value: string;
}

/** What a schema library found wrong. */
export interface IssueReport {
  /** `guest.address.zip` */
  place: string;
  message: string;
  /** What stands there, if that is known. */
  value: string | undefined;
}

const MAX_CAUSES = 4;
const MAX_MEMBERS = 8;
const MAX_MESSAGE = 4000;
/** Lines of the package that threw an error. */
const MAX_ABOVE = 2;
const MAX_BELOW = 8;
/** What has called the function, or reads its result. */
const RUNTIME =
  /[\\/]node_modules[\\/](?:react|react-dom|react-server-dom-webpack|use-server-webpack-plugin)[\\/]/;

/** Tells what is known of a failure. Throws for nothing that was thrown. */
export function describeFailure({error, id, digest, call}: Failure): FailureReport {
  const what = id === undefined ? 'A request for a server function' : `Server function ${id}`;
  const [first = error, ...causes] = chainOf(error);
  return {
    title: plainText(`${what} failed (digest ${digest})`),
    errors: [describeError(first, call), ...causes.map((cause) => describeError(cause, call))],
    args: (call?.args ?? []).map((value, index) => ({
      name: argumentName(index, call!),
      value: describeValue(value),
    })),
  };
}

/** What was thrown, with `cause` of each, and what an `AggregateError` gathers. */
function chainOf(error: unknown): unknown[] {
  const chain = new Set<unknown>([error]);
  for (const one of chain) {
    if (chain.size > MAX_CAUSES) break;
    const {cause, errors} = memberValues(one);
    if (cause !== undefined) chain.add(cause);
    if (one instanceof AggregateError && Array.isArray(errors)) {
      for (const each of errors.slice(0, MAX_CAUSES)) chain.add(each);
    }
  }
  return [...chain];
}

function describeError(error: unknown, call: FailedCall | undefined): ErrorReport {
  const members = memberValues(error);
  const issues = call ? describeIssues(error, call) : [];
  const found = findSourcePlace(error);
  const message = messageOf(error, members, issues.length);
  return {
    ...nameAndMessage(error, message),
    members: extraMembers(members),
    issues,
    frame: found?.codeFrame,
    ...stackOf(found?.frames ?? []),
    advice: adviceFor(message, isError(error)),
  };
}

function nameAndMessage(error: unknown, message: string): {name: string; message: string} {
  if (!isError(error)) return {name: 'Thrown, and not an Error', message};
  return {name: plainText(textOf(error, 'name') || 'Error'), message};
}

function messageOf(error: unknown, members: Members, issueCount: number): string {
  if (!isError(error)) return describeValue(error);
  const message = plainText(textOf(error, 'message')).slice(0, MAX_MESSAGE);
  // Zod writes the issues once more, as JSON.
  if (issueCount > 0 && message.trimStart().startsWith('[')) {
    return issueCount === 1 ? 'A value is wrong' : `${issueCount} values are wrong`;
  }
  return message || textOf(members, 'code');
}

function describeIssues(error: unknown, call: FailedCall): IssueReport[] {
  return validationIssues(error).map((issue) => {
    const found = placeOfIssue(issue, call.args);
    const base = found ? argumentName(found.index, call) : '';
    return {
      place: plainText(base + pathText(issue.path)).replace(/^\./, '') || 'the value',
      message: plainText(issue.message),
      value: found && describeValue(found.value),
    };
  });
}

function argumentName(index: number, {serverFunction}: FailedCall): string {
  return parameterNames(serverFunction)[index] ?? `argument ${index + 1}`;
}

function stackOf(frames: readonly SourceFrame[]): Pick<ErrorReport, 'place' | 'above' | 'below'> {
  const first = frames.findIndex(({isOwn}) => isOwn);
  const above = frames
    .slice(0, first === -1 ? undefined : first)
    .filter(({path}) => path?.includes('node_modules') && !RUNTIME.test(path));
  const [place, ...below] = frames.filter(({isOwn}) => isOwn).map(lineOf);
  return {
    place,
    above: above.slice(0, MAX_ABOVE).map(lineOf),
    below: below.slice(0, MAX_BELOW),
  };
}

function lineOf({functionName, file, line, column}: SourceFrame): string {
  const place = `${file}:${line}:${column}`;
  return plainText(functionName === undefined ? place : `${functionName} (${place})`);
}

type Members = Record<string, unknown>;

/** Own members with their values. Nothing that the app wrote runs: no getter, no Proxy. */
function memberValues(error: unknown): Members {
  if (typeof error !== 'object' || error === null || types.isProxy(error)) return {};
  const entries = Object.entries(Object.getOwnPropertyDescriptors(error));
  return Object.fromEntries(entries.map(([key, {value}]) => [key, value as unknown]));
}

const OWN_MEMBERS = new Set(
  'name message stack cause errors issues details inner digest _zod def'.split(' '),
);

function extraMembers(members: Members): string[] {
  return Object.entries(members)
    .filter(([key, value]) => !OWN_MEMBERS.has(key) && isShort(value))
    .slice(0, MAX_MEMBERS)
    .map(([key, value]) => describeValue({[key]: value}).replace(/^\{ ([^]*) \}$/, '$1'));
}

function isShort(value: unknown): boolean {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}

function isError(value: unknown): value is Error {
  return typeof value === 'object' && !types.isProxy(value) && value instanceof Error;
}

function textOf(object: object, key: string): string {
  try {
    const value: unknown = Reflect.get(object, key);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}
