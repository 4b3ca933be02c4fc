import {builtinModule} from '../platform/builtinModule.ts';

const types = builtinModule('node:util')?.types;

/**
 * Tells a Proxy where the runtime can: it decides itself what it shows of the object behind it, and any
 * look at it may fail.
 */
export function isProxy(value: object): boolean {
  return types?.isProxy(value) === true;
}
