// Parts of a namespace know what the others export, and share it.
const y = 'module',
  sub = 'module',
  fnv = 'module',
  K = 'module';
namespace A.B {
  export const y = 'AB';
  export let n = 0;
}
namespace A {
  export namespace B {
    export let m = 1;
    export async function f() {
      'use server';
      m++;
      return [m, B.n];
    }
    export const g = (x: number) => async () => {
      'use server';
      return [x, ++m];
    };
  }
  export import sub = B.y;
  export async function h() {
    'use server';
    return [sub, B.n];
  }
}
function Fn() {}
namespace Fn {
  export const fnv = 'fn';
  export async function s() {
    'use server';
    return fnv;
  }
}
namespace Fn {
  export async function s2() {
    'use server';
    return [fnv, await s()];
  }
}
class Cl {}
namespace Cl {
  export const K = 'cl';
  export const o = {
    async m() {
      'use server';
      return K;
    },
    n: async () => {
      'use server';
      return K;
    },
  };
}
enum En {
  A = 1,
}
namespace En {
  export async function parse() {
    'use server';
    return A;
  }
}
namespace S {
  export let count = 0;
  const priv = new Map<string, number>();
  export async function inc(k: string) {
    'use server';
    count++;
    priv.set(k, count);
    return [...priv];
  }
  export class Q {
    static async z() {
      'use server';
      return count;
    }
  }
}
export namespace Ex {
  let v = 1;
  export const up = async () => {
    'use server';
    return v++;
  };
  if (v) {
    let w = 3;
    setUp(async () => {
      'use server';
      return w++;
    });
  }
}
declare namespace Decl {
  const zz: number;
}
declare class DC {}
var up2: any;
function setUp(f: any) {
  up2 = f;
}
export async function scenario(call: any) {
  const r: any[] = [];
  const c = async (f: any, ...a: any[]) => r.push(await call(f, ...a));
  await c(A.B.f);
  await c(A.B.g(2));
  await c(Fn.s);
  await c(Fn.s2);
  await c(Cl.o.m);
  await c(Cl.o.n);
  await c(S.inc, 'a');
  await c(S.inc, 'b');
  await c(S.Q.z);
  await c(Ex.up);
  await c(Ex.up);
  await c(up2);
  await c(up2);
  r.push(S.count);
  return r;
}
