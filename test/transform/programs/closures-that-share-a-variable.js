// A loop or a function between a variable and what is assigned to it: several closures share the variable.
export function A() {
  let go;
  for (let i = 0; i < 3; i++) {
    if (i !== 1)
      go = async (d) => {
        'use server';
        return d ? [i, await go(0)] : i;
      };
    else A.mid = go;
  }
  return [go, A.mid];
}
export function B(t) {
  let run;
  if (t)
    run = async (d) => {
      'use server';
      return d ? ['t', await run(0)] : 't';
    };
  else
    run = async (d) => {
      'use server';
      return d ? ['f', await run(0)] : 'f';
    };
  return run;
}
export function C() {
  let cb;
  [1, 2].forEach((n) => {
    cb = async (d) => {
      'use server';
      return d ? [n, await cb(0)] : n;
    };
    (C.all ??= []).push(cb);
  });
  return C.all;
}
export function D() {
  let s;
  function* gen() {
    for (const n of [1, 2]) {
      s = async (d) => {
        'use server';
        return d ? [n, await s(0)] : n;
      };
      yield s;
    }
  }
  return [...gen()];
}
export function E() {
  let s;
  const out = [];
  class K {
    static {
      s = async (d) => {
        'use server';
        return d ? ['a', await s(0)] : 'a';
      };
      out.push(s);
    }
  }
  new K();
  return out;
}
export function F() {
  let s;
  const out = [];
  class K {
    x =
      ((s = async (d) => {
        'use server';
        return d ? [out.length, await s(0)] : 'x';
      }),
      out.push(1),
      s);
  }
  return [new K().x, new K().x].slice(0, 1);
}
export function G(v) {
  let s;
  switch (v) {
    case 1:
      s = async (d) => {
        'use server';
        return d ? [v, await s(0)] : v;
      };
  }
  return s;
}
export function H(v) {
  let s;
  try {
    s = async (d) => {
      'use server';
      return d ? [v, await s(0)] : v;
    };
    throw 1;
  } catch {
    return s;
  }
}
export function I() {
  const out = [];
  for (let i = 0; i < 2; i++) {
    let s = async (d) => {
      'use server';
      return d ? [i, await s(0)] : i;
    };
    out.push(s);
  }
  return out;
}
export function J() {
  const out = [];
  for (const i of [5, 6]) {
    let s;
    s = async (d) => {
      'use server';
      return d ? [i, await s(0)] : i;
    };
    out.push(s);
  }
  return out;
}
export function K2() {
  let s;
  let i = 0;
  const out = [];
  do {
    s = async (d) => {
      'use server';
      return d ? [out.length, await s(0)] : 'k';
    };
    out.push(s);
  } while (++i < 2);
  return out;
}
export function L() {
  const out = [];
  for (let i = 0, s; i < 2; i++) {
    s = async (d) => {
      'use server';
      return d ? [i, await s(0)] : i;
    };
    out.push(s);
  }
  return out;
}
export function M() {
  const out = [];
  for (
    let i = 0,
      s = async (d) => {
        'use server';
        return d ? [i, await s(0)] : i;
      };
    i < 2;
    i++
  )
    out.push(s);
  return out;
}
export function N() {
  let s;
  const make = async (n) => {
    await 0;
    s = async (d) => {
      'use server';
      return d ? [n, await s(0)] : n;
    };
    return s;
  };
  return Promise.all([make(1), make(2)]);
}
export function O(n, prev) {
  var s = async (d) => {
    'use server';
    return d ? [n, await s(0), prev ? await prev(0) : null] : n;
  };
  return n < 2 ? O(n + 1, s) : s;
}
export function P() {
  let s;
  const o = {
    get make() {
      s = async (d) => {
        'use server';
        return d ? ['p', await s(0)] : 'p';
      };
      return s;
    },
  };
  const a = o.make;
  o.make;
  return a;
}
export async function scenario(call) {
  const r = [];
  const [go, mid] = A();
  r.push(await call(go, 1), await call(mid, 1));
  r.push(await call(B(1), 1), await call(B(0), 1));
  for (const f of [
    ...C(),
    ...D(),
    ...E(),
    ...F(),
    G(1),
    H(2),
    ...I(),
    ...J(),
    ...K2(),
    ...L(),
    ...M(),
    ...(await N()),
    O(0),
    P(),
  ])
    r.push(await call(f, 1));
  return r;
}
