// Computed keys run once, in their order, beside what stands around them.
const order = [];
const note = (x) => (order.push(x), x);
const sym = Symbol('sym');
const table = {
  [note('before')]: 1,
  async [note('first')](x) {
    'use server';
    return ['first', x];
  },
  get middle() {
    return note('getter');
  },
  async [note('second') + '!'](x) {
    'use server';
    return ['second', x];
  },
  async *[note('third')](x) {
    'use server';
    yield* ['third', x];
  },
  async 7(x) {
    'use server';
    return ['seven', x];
  },
  async 'a-b'(x) {
    'use server';
    return ['a-b', x];
  },
  async [sym](x) {
    'use server';
    return ['symbol', x];
  },
  async __proto__(x) {
    'use server';
    return ['own __proto__', x];
  },
  async async(x) {
    'use server';
    return ['async', x];
  },
  async get(x) {
    'use server';
    return ['get', x];
  },
  async 'constructor'(x) {
    'use server';
    return ['constructor', x];
  },
  [note('after')]: 2,
};
class Statics {
  static async 'with space'(x) {
    'use server';
    return ['with space', x];
  }
  static async 5(x) {
    'use server';
    return ['5', x];
  }
  static async ['quoted'](x) {
    'use server';
    return ['quoted', x];
  }
  static async static(x) {
    'use server';
    return ['static', x];
  }
  static async *generate(x) {
    'use server';
    yield* ['generated', x];
  }
}
async function collect(value) {
  if (!value?.[Symbol.asyncIterator]) return value;
  const all = [];
  for await (const item of value) all.push(item);
  return all;
}
export async function scenario(call) {
  const keys = Reflect.ownKeys(table);
  const results = [order.slice(), keys.map(String)];
  for (const key of keys) {
    const fn = table[key];
    if (typeof fn === 'function') {
      results.push([fn.name, fn.length, await collect(await call(fn, 1))]);
    }
  }
  for (const key of Object.getOwnPropertyNames(Statics)) {
    const fn = Statics[key];
    if (typeof fn !== 'function') continue;
    const {enumerable} = Object.getOwnPropertyDescriptor(Statics, key);
    results.push([fn.name, fn.length, enumerable, await collect(await call(fn, 1))]);
  }
  return results;
}
