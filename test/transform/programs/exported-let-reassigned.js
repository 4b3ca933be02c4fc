'use server';
export let save = async (x) => ['first', x];
export let later;
export var hoisted = async () => 'first';
export async function declared(x) {
  return ['declared', x];
}
export let [pattern] = [async () => 'first'];
const before = save;
save = async (x) => ['second', x, await before(x)];
later = async (x) => ['later', x];
if (save) hoisted = async (x) => ['hoisted', x];
[pattern] = [async (x) => ['pattern', x]];
const original = declared;
declared = async (x) => ['replaced', await original(x)];
export async function scenario(call) {
  const results = [];
  for (const fn of [save, later, hoisted, declared, pattern]) {
    results.push([fn.name, await call(fn, 1)]);
  }
  return results;
}
