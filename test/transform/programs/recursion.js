function make(base) {
  async function factorial(n) {
    'use server';
    return n <= 1 ? base : n * (await factorial(n - 1));
  }
  const sum = async (n) => {
    'use server';
    return n === 0 ? base : n + (await sum(n - 1));
  };
  async function even(n) {
    'use server';
    return n === 0 ? [true, base] : odd(n - 1);
  }
  async function odd(n) {
    'use server';
    return n === 0 ? [false, base] : even(n - 1);
  }
  async function again(n) {
    'use server';
    return n === 0 ? 'done' : again.bind(null, n - 1);
  }
  const named = async function self(n) {
    'use server';
    return n === 0 ? base : self(n - 1);
  };
  return {factorial, sum, even, again, named};
}
export async function scenario(call) {
  const {factorial, sum, even, again, named} = make(1);
  const bound = await call(again, 2);
  const second = await call(bound);
  return [
    await call(factorial, 5),
    await call(sum, 4),
    await call(even, 3),
    await call(named, 3),
    await call(second),
  ];
}
