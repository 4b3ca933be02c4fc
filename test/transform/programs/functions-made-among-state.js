// Functions that are made again and again, and share variables of which there is one.
const api = (() => {
  let n = 0;
  const log = (x) => {
    n += x;
    return n;
  };
  return {
    make: (x, rows = [1]) => {
      const twice = (y) => y * 2;
      return async (y) => {
        'use server';
        n++;
        return [log(x), twice(y), n, rows.length];
      };
    },
  };
})();
const expr = ((cache) => (id) => async (k) => {
  'use server';
  cache.set(k, (cache.get(k) ?? 0) + id);
  return cache.get(k);
})(new Map());
let C = class Inner {
  static n = 0;
  static make(x) {
    return async () => {
      'use server';
      return [x, ++Inner.n];
    };
  }
};
const K = C;
C = null;
class Svc {
  static #n = 1;
  static a;
  static {
    let m = 0;
    const k = 3;
    Svc.a = (q) => async () => {
      'use server';
      return [q, m++, k];
    };
  }
}
let obj;
{
  const state = new Set();
  obj = {
    async add(x) {
      'use server';
      state.add(x);
      return state.size;
    },
    other: function () {
      return 1;
    },
    ['de' + 'l']: async (x) => {
      'use server';
      state.delete(x);
      return state.size;
    },
  };
  var hoisted = save;
  async function save(x) {
    'use server';
    state.add(x);
    return [...state];
  }
}
new (function () {
  let c = 0;
  obj.counter = async () => {
    'use server';
    return ++c;
  };
})();
(function () {
  let c = 10;
  obj.called = async () => {
    'use server';
    return ++c;
  };
}).call(globalThis);
await (async () => {
  const db = await Promise.resolve({rows: []});
  obj.put = async (r) => {
    'use server';
    db.rows.push(r);
    return db.rows.length;
  };
})();
for (const i of [1, 2]) {
  let w = 0;
  (obj.loops ??= []).push(async () => {
    'use server';
    return [i, w];
  });
}
try {
  throw {e: 1};
} catch (err) {
  obj.caught = async () => {
    'use server';
    return ++err.e;
  };
}
if (api) {
  let z = 5;
  obj.cond = async () => {
    'use server';
    return z++;
  };
}
export async function scenario(call) {
  const a = api.make(2),
    b = api.make(3);
  const e1 = expr(1),
    e2 = expr(10);
  const m = K.make('x');
  const s = Svc.a('q'),
    s2 = Svc.a('r');
  const out = [];
  for (const [f, ...args] of [
    [a, 1],
    [b, 2],
    [a, 1],
    [e1, 'k'],
    [e2, 'k'],
    [e1, 'k'],
    [m],
    [m],
    [s],
    [s2],
    [s],
    [obj.add, 1],
    [obj.add, 2],
    [obj.del, 1],
    [hoisted, 9],
    [obj.counter],
    [obj.counter],
    [obj.called],
    [obj.called],
    [obj.put, 1],
    [obj.put, 2],
    [obj.loops[0]],
    [obj.loops[1]],
    [obj.caught],
    [obj.caught],
    [obj.cond],
    [obj.cond],
  ])
    out.push(await call(f, ...args));
  return out;
}
