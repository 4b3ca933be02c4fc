import {save, later} from './plain.js';
import * as actions from './actions.js';
export async function scenario(call) {
  return [await call(actions.save, 1), await call(actions.renamed, 2), save === actions.save, typeof later];
}
