function Page(a, b, list) {
  return [
    async () => {
      'use server';
      return [a === b, a.child === b.child, list[0] === a, list.includes(b)];
    },
    async () => {
      'use server';
      return a.self === a;
    },
  ];
}
export async function scenario(call) {
  const shared = {child: {}};
  shared.self = shared;
  const results = [];
  for (const fn of Page(shared, shared, [shared])) results.push(await call(fn));
  for (const fn of Page(shared, {child: shared.child}, [])) results.push(await call(fn));
  return results;
}
