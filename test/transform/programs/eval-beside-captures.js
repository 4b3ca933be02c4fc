// What eval gives is a value like any other.
export function Page(x) {
  const v = eval('x + 1');
  const w = (0, eval)('2');
  return async () => {
    'use server';
    return [v, w, x];
  };
}
export async function scenario(call) {
  return call(Page(3));
}
