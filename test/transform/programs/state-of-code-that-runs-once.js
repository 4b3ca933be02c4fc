// There is one of each variable of a block, a static block or a function that the module calls itself.
export const o = {};
{
  let count = 0;
  const bump = () => ++count;
  o.a = async () => {
    'use server';
    return bump();
  };
  o.b = async () => {
    'use server';
    return count;
  };
}
{
  const q = [];
  async function add(x) {
    'use server';
    q.push(x);
    return q.length;
  }
  o.c = add;
  {
    async function inner() {
      'use server';
      return [...q, await add('i')];
    }
    o.d = inner;
  }
}
export const api = (function () {
  'use strict';
  var cache = Object.create(null),
    hits = 0;
  return {
    load: async function load(k) {
      'use server';
      if (k in cache) hits++;
      return (cache[k] ??= k + '!') + hits;
    },
    async method(k) {
      'use server';
      return hits;
    },
  };
})();
export class Reg {
  static list = [];
  static save;
  static {
    const own = new Map();
    Reg.save = async (k, v) => {
      'use server';
      own.set(k, v);
      Reg.list.push(k);
      return [own.size, Reg.list.length];
    };
  }
}
const wrapped = wrap(
  (() => {
    let n = 0;
    return async () => {
      'use server';
      return n++;
    };
  })(),
);
function wrap(f) {
  return f;
}
export const lazy = (() => {
  let conn;
  const get = () => (conn ??= {id: 1, uses: 0});
  return {
    use: async () => {
      'use server';
      const c = get();
      c.uses++;
      return c.uses;
    },
  };
})();
label: {
  let z = 1;
  o.e = async () => {
    'use server';
    z *= 2;
    return z;
  };
  if (z) break label;
}
export const [first, second] = (() => {
  let shared = 0;
  return [
    async () => {
      'use server';
      return ++shared;
    },
    async () => {
      'use server';
      return ++shared;
    },
  ];
})();
export const rec = (() => {
  let depth = 0;
  async function go(n) {
    'use server';
    depth++;
    return n > 0 ? go(n - 1) : depth;
  }
  return go;
})();
export const gen = (() => {
  let n = 0;
  return async function* () {
    'use server';
    yield n++;
    yield n++;
  };
})();
const cond = true
  ? (() => {
      let n = 7;
      return async () => {
        'use server';
        return n++;
      };
    })()
  : null;
var seq =
  (0,
  (() => {
    let n = 70;
    return async () => {
      'use server';
      return n++;
    };
  })());
const nested = (() => {
  let outer = 0;
  return (() => {
    let inner = 10;
    return async () => {
      'use server';
      return [++outer, ++inner];
    };
  })();
})();
const page = (() => {
  let views = 0;
  const log = [];
  return function Page({id}) {
    views++;
    const local = {n: 0};
    async function save(x) {
      'use server';
      log.push([id, x]);
      local.k = local.n;
      return [views, log.length, local.n];
    }
    return save;
  };
})();
const made = (() => {
  const items = new Set();
  function item(name) {
    items.add(name);
    return {
      remove: async () => {
        'use server';
        items.delete(name);
        return [...items];
      },
    };
  }
  return item;
})();
const cls = (() => {
  let n = 0;
  class S {
    static async inc() {
      'use server';
      return ++n;
    }
    static make(k) {
      return async () => {
        'use server';
        return [k, ++n, S.name];
      };
    }
  }
  return S;
})();
const deferred = Promise.resolve().then(() => {
  let n = 0;
  return async () => {
    'use server';
    return n;
  };
});
const iffed = (() => {
  if (o.a) {
    const t = {n: 1};
    return {
      x: async () => {
        'use server';
        return t.n++;
      },
    };
  }
})();
export default (() => {
  let d = 0;
  return async () => {
    'use server';
    return ++d;
  };
})();
import * as self from './state-of-code-that-runs-once.js';
export async function scenario(call) {
  const r = [];
  const c = async (f, ...a) => r.push(await call(f, ...a));
  await c(o.a);
  await c(o.a);
  await c(o.b);
  await c(o.c, 1);
  await c(o.d);
  await c(o.c, 2);
  await c(api.load, 'k');
  await c(api.load, 'k');
  await c(Reg.save, 1, 2);
  await c(Reg.save, 3, 4);
  await c(wrapped);
  await c(wrapped);
  await c(lazy.use);
  await c(lazy.use);
  await c(o.e);
  await c(o.e);
  await c(first);
  await c(second);
  await c(rec, 3);
  await c(rec, 1);
  for (const _ of [0, 1]) {
    const it = await call(gen);
    const g = [];
    for await (const v of it) g.push(v);
    r.push(g);
  }
  await c(cond);
  await c(cond);
  await c(seq);
  await c(seq);
  await c(nested);
  await c(nested);
  const s1 = page({id: 1}),
    s2 = page({id: 2});
  await c(s1, 'x');
  await c(s2, 'y');
  const i1 = made('a'),
    i2 = made('b');
  await c(i1.remove);
  await c(i2.remove);
  await c(cls.inc);
  await c(cls.make('q'));
  await c(cls.inc);
  await c(await deferred);
  await c(iffed.x);
  await c(iffed.x);
  await c(self.default);
  await c(self.default);
  return r;
}
