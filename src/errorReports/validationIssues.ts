import {types} from 'node:util';
import {memberText} from '../server/captures/memberText.ts';
import {isObject} from '../server/platform/isObject.ts';

/** What a schema library found wrong with a value. */
export interface Issue {
  message: string;
  /** Keys from the validated value to the wrong one. */
  path: readonly PropertyKey[];
}

/** More are counted only. */
const MAX_ISSUES = 10;

/**
 * What a schema library found wrong: `issues` of Standard Schema (https://standardschema.dev), which Zod, Valibot
 * and ArkType have; `details` of Joi; `inner` of Yup.
 *
 * @returns an empty list for other errors
 */
export function validationIssues(error: unknown): Issue[] {
  if (!isObject(error) || types.isProxy(error)) return [];
  const {issues, details, inner} = error as Record<string, unknown>;
  const list = [issues, details, inner].find((one) => Array.isArray(one) && one.length > 0);
  return ((list ?? []) as unknown[]).slice(0, MAX_ISSUES).flatMap((one) => readIssue(one) ?? []);
}

function readIssue(value: unknown): Issue | undefined {
  if (!isObject(value)) return undefined;
  const {message, path} = value as Record<string, unknown>;
  return typeof message === 'string' ? {message, path: readPath(path)} : undefined;
}

/** An array of keys, or of objects that have one each; of Yup a text. */
function readPath(path: unknown): PropertyKey[] {
  if (typeof path === 'string') return path.split(/[.[\]]+/).filter((key) => key !== '');
  if (!Array.isArray(path)) return [];
  return path.map((part: unknown) =>
    isObject(part) ? (part as {key: PropertyKey}).key : part,
  ) as PropertyKey[];
}

/** Which argument an issue is about, and what stands there. */
export interface IssuePlace {
  index: number;
  value: unknown;
}

/**
 * Finds the argument that was validated: the one in which the path leads somewhere. The last key may be
 * missing, which can be what is wrong.
 *
 * @returns nothing when there is none, or more than one
 */
export function placeOfIssue({path}: Issue, args: readonly unknown[]): IssuePlace | undefined {
  if (path.length === 0) return args.length === 1 ? {index: 0, value: args[0]} : undefined;
  const found = args.flatMap((argument, index) => {
    const parent = path.slice(0, -1).reduce<unknown>(member, argument);
    return isObject(parent) ? [{index, value: member(parent, path.at(-1)!), parent}] : [];
  });
  const having = found.filter(({parent, value}) => value !== undefined || isKeyIn(path, parent));
  const [place, ...more] = having.length > 0 ? having : found;
  return place && more.length === 0 ? {index: place.index, value: place.value} : undefined;
}

function isKeyIn(path: readonly PropertyKey[], parent: object): boolean {
  return Object.hasOwn(parent, path.at(-1)!);
}

/** An own member, or what a form or a map has under the key. */
function member(value: unknown, key: PropertyKey): unknown {
  if (value instanceof FormData) return value.get(String(key)) ?? undefined;
  if (value instanceof Map) return value.get(key);
  if (!isObject(value) || types.isProxy(value)) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** As it is written in code: `.address.zip`, `[0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.map((key) => memberText(typeof key === 'number' ? String(key) : key)).join('');
}
