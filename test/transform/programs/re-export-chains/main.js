import * as actions from './actions.js';
import {plainOne} from './plain.js';
export async function scenario(call) {
  const results = [Object.keys(actions).sort()];
  for (const name of Object.keys(actions).sort()) {
    results.push([name, actions[name].name, await call(actions[name], 1)]);
  }
  return [...results, await call(plainOne, 2)];
}
