import {save} from './actions.js';
import data from './data.json' with {type: 'json'};
function Page(id) {
  return async () => {
    'use server';
    return [data.name, id];
  };
}
export async function scenario(call) {
  return [await call(save, 1), await call(Page(2))];
}
