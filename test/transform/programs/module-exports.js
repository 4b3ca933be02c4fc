'use strict';
'use server';
const wrap =
  (fn) =>
  async (...args) => ['wrapped', await fn(...args)];
export async function declared(x) {
  return ['declared', x];
}
export const arrow = async (x) => ['arrow', x],
  wrapped = wrap(async (x) => x);
export const {
  first,
  nested: [second],
} = {first: async (x) => ['first', x], nested: [async (x) => ['second', x]]};
async function local(x) {
  return ['local', x];
}
export {local, local as renamed, local as 'string name'};
export async function* generate(n) {
  yield* [n, n + 1];
}
export let assigned = async (x) => ['assigned', x];
export default async (x) => ['default', x];
function hidden(a) {
  return async (b) => {
    'use server';
    return [a, b];
  };
}
export async function scenario(call) {
  const results = [];
  for (const fn of [declared, arrow, wrapped, first, second, local, assigned, hidden('a')]) {
    results.push([fn.name, await call(fn, 1)]);
  }
  for await (const n of await call(generate, 1)) results.push(n);
  return results;
}
