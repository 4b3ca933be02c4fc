import fallback, {save, store} from './actions.js';
export async function scenario(call) {
  return [await call(store, 1), await call(save, 2), await call(fallback, 3)];
}
