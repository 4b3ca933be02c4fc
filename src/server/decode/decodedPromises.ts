import {decodeReply} from 'react-server-dom-webpack/server';
import {findScope} from '../scope/currentScope.ts';

type Listener = ((value: unknown) => unknown) | null | undefined;
type Then = (onFulfilled?: Listener, onRejected?: Listener) => unknown;

/** Those of React that have been completed: there is one in each copy of it. */
const completed = new WeakMap<object, Then>();

/**
 * Makes the promises that React decodes from a body promises to their whole. Their own `then` returns
 * nothing, so that what its listeners give or throw goes nowhere:
 *
 *   const name = await given.then(async (text) => text.trim());
 *
 * gives `undefined`, and ends the process when the sender's promise holds a number; and so does
 * `given.finally(…)` when it fails. See `ReactPromise` in ReactFlightReplyServer.js.
 *
 * What a listener of the app throws, or rejects with, is told to `onError` even if the app looks no further.
 */
export function completeDecodedPromises(): void {
  const prototype = Object.getPrototypeOf(decodeReply('[]', {})) as {then: Then};
  // One that is a true promise needs nothing.
  if (prototype === Promise.prototype || completed.has(prototype)) return;
  completed.set(prototype, prototype.then);
  Object.defineProperty(prototype, 'then', {
    ...Object.getOwnPropertyDescriptor(prototype, 'then'),
    value: completeThen(prototype.then),
  });
}

/**
 * What a promise of React's decoder gives, if it has it already, as for all bodies that refer to nothing
 * which must be loaded: React then calls its listeners at once.
 *
 * @returns `undefined` when it must be awaited
 */
export function decodedNow(decoded: object): {value: unknown} | {error: unknown} | undefined {
  let settled: {value: unknown} | {error: unknown} | undefined;
  completed.get(Object.getPrototypeOf(decoded) as object)?.call(
    decoded,
    (value) => (settled = {value}),
    (error) => (settled = {error}),
  );
  return settled;
}

function completeThen(reactThen: Then): Then {
  return function (this: unknown, onFulfilled, onRejected) {
    let settle!: {resolve: (value: unknown) => void; reject: (reason: unknown) => void};
    const following = new Promise((resolve, reject) => (settle = {resolve, reject}));
    let hasListened = false;
    const scope = findScope();
    following.catch((error) => {
      // An app that does not look at what the sender's promise rejects with cannot know that it does.
      if (hasListened) scope?.function?.onError(error);
    });
    const listen = (listener: Listener, passOn: (value: unknown) => void) => (value: unknown) => {
      if (typeof listener !== 'function') return passOn(value);
      hasListened = true;
      try {
        settle.resolve(listener(value));
      } catch (error) {
        settle.reject(error);
      }
    };
    reactThen.call(
      this,
      listen(onFulfilled, (value) => settle.resolve(value)),
      listen(onRejected, (reason) => settle.reject(reason)),
    );
    return following;
  };
}
