'use server';
export default async function /* ( */ <T>(x: T, y = 1): Promise<unknown> {
  return ['anonymous', x, y];
}
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  const {default: fn} = await import('./default-export-anonymous-function.js');
  return [fn.name, fn.length, await call(fn, 1)];
}
