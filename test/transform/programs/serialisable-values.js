function Page(values) {
  return async () => {
    'use server';
    return {
      date: values.date.getTime(),
      map: [...values.map],
      set: [...values.set],
      big: values.big,
      numbers: values.numbers.map((n) => (Object.is(n, -0) ? '-0' : n)),
      bytes: [...values.bytes],
      nested: values.nested,
      undef: typeof values.undef,
      symbol: values.symbol === Symbol.for('s'),
      promised: await values.promised,
    };
  };
}
export async function scenario(call) {
  return call(
    Page({
      date: new Date(0),
      map: new Map([[1, {a: 1}]]),
      set: new Set(['x']),
      big: 12n,
      numbers: [NaN, Infinity, -Infinity, -0, 1.5],
      bytes: new Uint8Array([1, 2]),
      nested: {list: [null, undefined, true]},
      undef: undefined,
      symbol: Symbol.for('s'),
      promised: Promise.resolve('p'),
    }),
  );
}
