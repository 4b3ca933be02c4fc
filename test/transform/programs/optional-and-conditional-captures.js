function Page({a, b = a?.id ?? 'none', list}) {
  return async (which) => {
    'use server';
    switch (which) {
      case 0:
        return a?.b?.c?.();
      case 1:
        return a?.[which]?.x;
      case 2:
        return [(a?.b).c === undefined, a?.b.c?.d];
      case 3:
        return list?.map?.((x) => x?.y);
      case 4:
        return b && a && list;
      default:
        return a === null ? 'null' : typeof a;
    }
  };
}
export async function scenario(call) {
  const results = [];
  for (const props of [{a: null}, {a: undefined, list: [null, {y: 1}]}, {a: {b: {c: null}, 1: {x: 'x'}}, list: []}]) {
    for (let which = 0; which < 6; which++) {
      try {
        results.push(await call(Page(props), which));
      } catch (error) {
        results.push(error instanceof Error);
      }
    }
  }
  return results;
}
