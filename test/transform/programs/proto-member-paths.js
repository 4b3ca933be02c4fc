function Page(plain, list) {
  return async () => {
    'use server';
    return [plain.__proto__ === Object.prototype, list?.__proto__.map === [].map, plain['__proto__'].polluted];
  };
}
export async function scenario(call) {
  return call(Page({}, []));
}
