export async function scenario(call) {
  const fns = [];
  for (let i = 0; i < 3; i++)
    fns.push(async () => {
      'use server';
      return i;
    });
  for (const key in {a: 1, b: 2})
    fns.push(async () => {
      'use server';
      return key;
    });
  for (const [k, {v}] of [[1, {v: 'x'}]])
    fns.push(async (n) => {
      'use server';
      return [k, v, n];
    });
  let j = 0;
  while (j < 2) {
    const copy = j++;
    fns.push(async () => {
      'use server';
      return copy;
    });
  }
  return Promise.all(fns.map((fn) => call(fn, 'n')));
}
