// What TypeScript lets a component declare.
export function Page(this: void, n: number) {
  const enum E {
    A = 1,
    B = A * 2,
  }
  enum F {
    X = 'x',
  }
  abstract class Base {
    abstract go(): number;
    static of(v: number) {
      return v * 2;
    }
    constructor(
      private readonly k: number,
      public z = k,
    ) {}
    get() {
      return this.k + this.z;
    }
  }
  class Sub extends Base {
    go() {
      return n;
    }
  }
  declare const ghost: number;
  declare class Ghost {}
  declare function gh(): void;
  const sat = {a: 1} satisfies {a: number};
  const cast =
    (v: unknown) =>
    <const T,>(t: T) =>
      (v as number)! + n;
  return async (q = sat.a) => {
    'use server';
    return [E.B, F.X, Base.of(n), new Sub(3).get(), new Sub(1).go(), sat.a, cast(2)(1), q];
  };
}
export async function scenario(call: any) {
  return call(Page(5));
}
