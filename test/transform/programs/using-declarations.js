Symbol.dispose ??= Symbol('dispose');
Symbol.asyncDispose ??= Symbol('asyncDispose');
const log = [];
async function Page(call) {
  using resource = {id: 1, [Symbol.dispose]: () => log.push('disposed')};
  await using other = {id: 2, [Symbol.asyncDispose]: async () => log.push('disposed later')};
  for (using inLoop of [{id: 3, [Symbol.dispose]: () => log.push('turn')}]) {
    const fn = async () => {
      'use server';
      using own = {[Symbol.dispose]: () => {}};
      return [inLoop.id, resource.id, other.id];
    };
    return [await call(fn)];
  }
}
export async function scenario(call) {
  return [await Page(call), log.length];
}
