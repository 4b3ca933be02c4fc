'use server';
export * from './plain.js';
export * from './server.js';
export * from "./types.js";
export {plainOne as renamed, default as fromDefault, 'string name' as 'other name'} from './plain.js';
export {default} from './server.js';
import imported, {serverOne as local, serverTwo} from './server.js';
export {imported, local, local as localAgain};
export async function own(x) {
  return ['own', x, await serverTwo(x)];
}
export async function shadowed(x) {
  return ['own shadows the star', x];
}
