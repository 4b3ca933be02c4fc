const depth = [];
function Page(a) {
  return async function one(b) {
    'use server';
    const helper = (x) => [a, x];
    return async function two(c) {
      'use server';
      return async (d) => {
        'use server';
        const table = {
          async four(e) {
            'use server';
            return [helper(e), b, c, d, depth.length];
          },
        };
        return table.four;
      };
    };
  };
}
// The innermost uses the outer one again.
function Loop(limit) {
  async function start(n) {
    'use server';
    async function next(m) {
      'use server';
      return m >= limit ? ['end', n, m] : start(m + 1);
    }
    return next;
  }
  return start;
}
export async function scenario(call) {
  const two = await call(Page('a'), 'b');
  const three = await call(two, 'c');
  const four = await call(three, 'd');
  const next = await call(Loop(2), 0);
  const again = await call(next, 1);
  return [await call(four, 'e'), await call(again, 2), await call(again, 5)];
}
