'use server';
// This module runs before the one that it exports from, which in turn waits at its top level.
export {slow as fromFirst, immediate} from './second.js';
import * as second from './second.js';
export const early = async (x) => ['early', x, typeof second.slow];
