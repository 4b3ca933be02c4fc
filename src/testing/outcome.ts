import {parseSetCookie} from 'cookie';
import type {RedirectStatus} from '../server/scope/interruptions.ts';
import type {CookieOptions} from '../server/scope/setCookie.ts';

/** A cookie that a server function set, with all attributes that the browser gets. */
export interface SentCookie extends CookieOptions {
  /** As the function wrote it; `''` for a cookie that was deleted. */
  value: string;
  /** Whether it makes the browser forget the cookie. There only if it does. */
  deleted?: true;
}

/** What a server function did in a request. */
export interface CallOutcome<Result> {
  /** What it returned; `undefined` when it redirected or called `notFound()`. */
  result: Result | undefined;
  /** Where `redirect()` leads, if it was called: a path, or the whole URL of another origin. */
  redirect: {url: string; status: RedirectStatus} | undefined;
  /** Whether `notFound()` was called. */
  notFound: boolean;
  /** Cookies that were set or deleted, by name; of several with one name, the last. */
  cookies: Record<string, SentCookie>;
  /** The `Set-Cookie` headers of the answer. */
  setCookieHeaders: string[];
  /** What `revalidatePath()` and `revalidateTag()` were called with, in their order. */
  revalidated: {paths: string[]; tags: string[]};
}

/** The same with what it threw, for `callInRequest` with `{catchError: true}`. */
export interface CaughtOutcome<Result> extends CallOutcome<Result> {
  /** What it threw; `undefined` when it did not. `redirect()` and `notFound()` are no errors. */
  error: unknown;
}

/** The cookies of `Set-Cookie` headers, by name. */
export function readCookies(headers: readonly string[]): Record<string, SentCookie> {
  return Object.fromEntries(headers.map(readCookie));
}

function readCookie(header: string): [name: string, cookie: SentCookie] {
  const {name, value, ...attributes} = parseSetCookie(header);
  const {maxAge, expires} = attributes;
  const isDeleted = maxAge === undefined ? (expires?.getTime() ?? 1) <= 0 : maxAge <= 0;
  const cookie = {value: value ?? '', ...attributes} as SentCookie;
  return [name, isDeleted ? {...cookie, deleted: true} : cookie];
}
