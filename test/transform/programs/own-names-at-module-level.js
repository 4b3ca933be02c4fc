// `Inner` and `self` are names of what the module holds as `Store` and `make`: their state is shared.
const Store = class Inner {
  static count = 0;
  static async add(n) {
    'use server';
    Inner.count += n;
    return [Inner.count, Inner === Store];
  }
};
const make = function self(depth) {
  return async () => {
    'use server';
    return [self === make, depth, typeof self];
  };
};
const Same = class Same {
  static async find() {
    'use server';
    return Same.name;
  }
};
export async function scenario(call) {
  Store.count = 0;
  return [await call(Store.add, 1), await call(Store.add, 2), Store.count, await call(make(3)), await call(Same.find)];
}
