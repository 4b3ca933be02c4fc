'use server';
export default async function named<T>(x: T): Promise<unknown> {
  return [named.name, x, typeof named.$$id];
}
export async function scenario(call: (fn: Function, ...args: unknown[]) => any) {
  return (await call(named, 1)).slice(0, 2);
}
