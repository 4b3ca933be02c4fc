function Page(id) {
  return async function outer(x) {
    'use server';
    const local = [id, x];
    return async function inner(y) {
      'use server';
      return async () => {
        'use server';
        return [local, y, id];
      };
    };
  };
}
export async function scenario(call) {
  const inner = await call(Page('p'), 1);
  const innermost = await call(inner, 2);
  return call(innermost);
}
