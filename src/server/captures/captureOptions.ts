import {ignore} from '../platform/ignore.ts';
import {findScope} from '../scope/currentScope.ts';
import type {RequestScope} from '../scope/requestScope.ts';

/**
 * What the user or the session of a request is known by: `(request) => userOf(request)`. Only who has the
 * same can use captures that were rendered for this request.
 */
export type CaptureBinding = (request: Request) => string | Promise<string>;

export interface CaptureOptions {
  /** Seconds. */
  maxAge?: number | undefined;
  binding?: CaptureBinding | undefined;
}

/** Of the whole process, as captures are encrypted while a component renders, wherever that is. */
const current: CaptureOptions = {};
/** Whether captures have been encrypted or opened. */
let used = false;
/** Of the pages that are being rendered. */
const ofPages = new WeakMap<RequestScope, Promise<string>>();

/**
 * Sets what is given, for the whole process.
 *
 * @throws TypeError when something else has been set, or captures have been made without it before
 */
export function setCaptureOptions({maxAge, binding}: CaptureOptions): void {
  if (maxAge !== undefined) {
    checkSame('captureMaxAge', current.maxAge, maxAge);
    current.maxAge = maxAge;
  }
  if (binding !== undefined) {
    checkSame('captureBinding', current.binding, binding);
    if (used && !current.binding) {
      throw new TypeError(
        'captureBinding: captures have been encrypted without it already. Make the handler before anything renders.',
      );
    }
    current.binding = binding;
  }
}

/** Whether captures of this time, in seconds, are too old to be opened. */
export function isExpired(time: number): boolean {
  return current.maxAge !== undefined && currentTime() - time > current.maxAge;
}

/** Seconds since 1970. */
export function currentTime(): number {
  return Math.floor(Date.now() / 1000);
}

/**
 * What captures are bound to in the request around this code.
 *
 * @param id `$$id` of the server function, for the error
 * @returns the empty string when they are not bound
 * It rejects, and the rejection is handled, where no request is known, and when the binding is no text.
 */
export function currentBinding(id: string): string | Promise<string> {
  used = true;
  const {binding} = current;
  if (!binding) return '';
  const scope = findScope();
  if (!scope) {
    return rejected(
      `The captures of the server function ${id} are bound to the request ("captureBinding"), but none is known here. Render the page inside of withRequest(request, ...) of use-server-webpack-plugin/server, and not in a cached function.`,
    );
  }
  // A function may change the session, so that it is another one for what is rendered afterwards.
  if (scope.phase !== 'page') return handled(readBinding(binding, scope));
  let ofPage = ofPages.get(scope);
  if (!ofPage) ofPages.set(scope, (ofPage = handled(readBinding(binding, scope))));
  return ofPage;
}

function rejected(message: string): Promise<never> {
  return handled(Promise.reject(new Error(message)));
}

/** It may be awaited late. */
function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(ignore);
  return promise;
}

async function readBinding(binding: CaptureBinding, {request}: RequestScope): Promise<string> {
  const value: unknown = await binding(request);
  if (typeof value === 'string') return value;
  throw new TypeError(
    `captureBinding must give a string, but gave ${value === null ? 'null' : typeof value}. For visitors without a session give a text that no session has, like "signed out".`,
  );
}

function checkSame<T>(option: string, before: T | undefined, now: T): void {
  if (before === undefined || before === now) return;
  throw new TypeError(
    `${option} is one for the whole process, and another one is in use already. Define it once, and give the same to every handler.`,
  );
}
