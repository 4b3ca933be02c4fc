function Page() {
  const early = save;
  const result = {early};
  let count = 1;
  const late = {n: 5};
  count = 2;
  async function save() {
    'use server';
    return [count, late.n];
  }
  late.n = 6;
  return result;
}
export async function scenario(call) {
  return [await call(Page().early)];
}
