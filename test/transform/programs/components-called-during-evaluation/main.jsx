import {Page, register} from './page.js';
import {rendered} from './renderer.js';
const here = Here('here');
function Here(id) {
  return save;
  async function save(x) {
    'use server';
    return ['here', id, x];
  }
}
export async function scenario(call) {
  const results = [];
  for (const fn of [...rendered, ...register, here, Page('late')]) results.push(await call(fn, 1));
  return results;
}
