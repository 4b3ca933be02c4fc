// The key of a method is evaluated where the method is declared, and never sent.
export function Page(
  x,
  k = Symbol('k'),
  cls = class {
    static n = 'dyn';
  },
) {
  const map = new WeakMap();
  const o = {
    async [k]() {
      'use server';
      return x;
    },
    async ['a' + cls.n]() {
      'use server';
      return x + 1;
    },
    async *[Symbol.asyncIterator]() {
      'use server';
      yield x;
    },
    [k.description]: async () => {
      'use server';
      return x + 2;
    },
    async [(() => 'iife' + typeof map)()](d = x) {
      'use server';
      return d;
    },
  };
  return [o[k], o.adyn, o.k, o.iifeobject];
}
export async function scenario(call) {
  const r = [];
  for (const f of Page(3)) r.push(await call(f));
  return r;
}
