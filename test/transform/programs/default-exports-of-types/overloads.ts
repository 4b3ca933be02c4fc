'use server';
export default async function save(x: string): Promise<unknown>;
export default async function save(x: unknown): Promise<unknown> {
  return ['overloads', x];
}
