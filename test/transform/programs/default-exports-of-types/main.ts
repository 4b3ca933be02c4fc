import {save as alias} from './alias.js';
import {save as namespace} from './namespace.js';
import overloads from './overloads.js';
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  const results = [];
  for (const fn of [alias, namespace, overloads]) results.push(await call(fn, 1));
  return results;
}
