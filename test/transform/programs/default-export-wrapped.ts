'use server';
const wrap = <T extends (...args: any[]) => Promise<unknown>>(fn: T): T =>
  (async (...args: any[]) => ['wrapped', await fn(...args)]) as T;
export default wrap(async (x: number) => x) satisfies (x: number) => Promise<unknown>;
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  const {default: fn} = await import('./default-export-wrapped.js');
  return [fn.length, await call(fn, 1)];
}
