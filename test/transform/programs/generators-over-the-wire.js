async function collect(iterable) {
  const all = [];
  for await (const value of iterable) all.push(value);
  return all;
}
function Page(limit) {
  async function* count(from = 0) {
    'use server';
    for (let i = from; i < limit; i++) yield i;
  }
  const squares = async function* self(n) {
    'use server';
    if (n > 0) yield* self(n - 1);
    yield n * n * limit;
  };
  const table = {
    async *pairs(x) {
      'use server';
      yield [x, limit];
      return 'returned';
    },
  };
  async function useThem() {
    'use server';
    return [await collect(count(1)), await collect(squares(1))];
  }
  function* local() {
    yield limit;
    yield* [1, 2];
  }
  async function helper() {
    'use server';
    return [...local()];
  }
  return {count, squares, pairs: table.pairs, useThem, helper};
}
export async function scenario(call) {
  const page = Page(3);
  return [
    await collect(await call(page.count)),
    await collect(await call(page.count, 2)),
    await collect(await call(page.squares, 2)),
    await collect(await call(page.pairs, 'x')),
    await call(page.useThem),
    await call(page.helper),
  ];
}
