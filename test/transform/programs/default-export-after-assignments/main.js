import first, {save, store} from './actions.js';
export async function scenario(call) {
  return [new Set([first, save, store]).size, await call(first, 1), await call(save, 2), await call(store, 3)];
}
