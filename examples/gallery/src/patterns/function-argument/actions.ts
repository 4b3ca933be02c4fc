'use server';

export type Greet = (name: string) => Promise<string>;

export async function apply(greet: Greet, names: string[]) {
  return Promise.all(names.map((name) => greet(name)));
}
