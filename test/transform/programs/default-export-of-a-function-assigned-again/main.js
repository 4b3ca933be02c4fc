import first, {save as a} from './actions.js';
export async function scenario(call) {
  return [first === a, await call(first), await call(a), await call(first)];
}
