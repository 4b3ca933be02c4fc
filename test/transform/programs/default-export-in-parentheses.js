'use server';
export default (((async (x) => ['parenthesised', x])));
export async function scenario(call) {
  const {default: fn} = await import('./default-export-in-parentheses.js');
  return [fn.name, fn.length, await call(fn, 1)];
}
