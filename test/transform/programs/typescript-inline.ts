import type {Note} from './nowhere';
abstract class Store<T> {
  constructor(
    protected readonly name: string,
    public extra?: T,
  ) {}
  abstract get(): T;
}
namespace Space {
  const hidden = 'hidden';
  export const shown = 'shown';
  export async function save(x: number) {
    'use server';
    return [hidden, shown, x];
  }
  export namespace Inner {
    export const action = async (): Promise<string> => {
      'use server';
      return shown + hidden;
    };
  }
}
namespace Dotted.Deep {
  export async function save() {
    'use server';
    return 'dotted';
  }
}
function Page<T extends Note, const U>(note: T, list: U[], flag?: boolean) {
  enum Local {
    A,
    B = 'b',
    C = 'c',
  }
  const enum Constant {
    One = 1,
  }
  type Alias = {t: T};
  interface Shape {
    u: U;
  }
  class Impl extends Store<U> {
    declare ambient: string;
    override get(): U {
      return list[0]!;
    }
    static of<V>(this: void, value: V): V {
      return value;
    }
  }
  function helper(x: string): string;
  function helper(x: number): number;
  function helper(x: any): any {
    return [x, flag!];
  }
  async function save(x: string): Promise<void>;
  async function save(x: number, alias?: Alias): Promise<void>;
  async function save(this: void, x: any, alias?: Alias & Shape): Promise<any> {
    'use server';
    const value = note as unknown as {id: number};
    const other = <any>note;
    return [
      x, value.id, other.id, (note as any)!.id satisfies number, Local.A, Local[0], Local.B,
      Constant.One, new Impl('n').get(), Impl.of<number>(2), helper(3), typeof alias,
      ((y: number): y is 1 => true)(1), list?.[1]!,
    ];
  }
  const generic = async <V,>(value: V, ...rest: readonly Alias[]): Promise<[V, U]> => {
    'use server';
    return [value, list[0] as U];
  };
  const checked = (async (value: unknown): Promise<string> => {
    'use server';
    function assertString(v: unknown): asserts v is string {
      if (typeof v !== 'string') throw new TypeError(helper(1) as any);
    }
    assertString(value);
    return value;
  }) satisfies Function;
  return {save, generic, checked};
}
export async function scenario(call: (fn: Function, ...args: unknown[]) => unknown) {
  const page = Page({id: 5} as any, ['u', 'v'], true);
  return [
    await call(Space.save, 1),
    await call(Space.Inner.action),
    await call(Dotted.Deep.save),
    await call(page.save, 1),
    await call(page.generic, 2),
    await call(page.checked, 'text'),
  ];
}
