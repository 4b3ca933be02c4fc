function Page(value, parsed) {
  return [
    async () => {
      'use server';
      return [value.constructor.name, value['hasOwnProperty']('x'), value.toString()];
    },
    async () => {
      'use server';
      return [value.x, 'toString' in value, typeof value.nothing];
    },
    async () => {
      'use server';
      return [Object.keys(parsed), parsed.x];
    },
  ];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page({x: 1}, JSON.parse('{"x":1,"constructor":2,"prototype":3}'))) {
    results.push(await call(fn));
  }
  return results;
}
