'use server';
export default async function* (n) {
  yield n;
  yield* [n + 1];
}
export async function scenario(call) {
  const {default: fn} = await import('./default-export-generator.js');
  const all = [fn.name];
  for await (const x of await call(fn, 1)) all.push(x);
  return all;
}
