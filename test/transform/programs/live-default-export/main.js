import save, {other} from './actions.js';
export async function scenario(call) {
  return [await call(save), await call(other)];
}
