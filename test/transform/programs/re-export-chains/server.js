'use server';
export async function serverOne(x) {
  return ['server', x];
}
export const serverTwo = async (x) => ['server two', x];
export default async (x) => ['server default', x];
