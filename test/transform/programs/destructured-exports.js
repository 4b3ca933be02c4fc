'use server';
const source = {a: async (x) => ['a', x], deep: {list: [async (x) => ['b', x], async (x) => ['c', x]]}, 'd e': async (x) => ['d', x]};
export const {
  a,
  deep: {list: [b, c]},
  'd e': d,
  missing = async (x) => ['default', x],
} = source, plain = async (x) => ['plain', x];
export async function scenario(call) {
  const results = [];
  for (const fn of [a, b, c, d, missing, plain]) results.push([fn.name, await call(fn, 1)]);
  return results;
}
