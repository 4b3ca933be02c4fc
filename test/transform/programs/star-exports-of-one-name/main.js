import * as actions from './actions.js';
export async function scenario(call) {
  return [Object.keys(actions).sort(), await call(actions.same, 1), await call(actions.onlyA, 2)];
}
