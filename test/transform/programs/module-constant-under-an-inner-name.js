const outer = async function self(outer) {
  'use server';
  return async () => {
    'use server';
    return [typeof self, self.name, outer];
  };
};
const again = async function me(n) {
  'use server';
  async function again(n) {
    'use server';
    return n === 0 ? [typeof me, me === again] : again(n - 1);
  }
  return again;
};
export async function scenario(call) {
  const inner = await call(outer, 'argument');
  const nested = await call(again);
  return [await call(inner), await call(nested, 2)];
}
