const each = (list, change) => list.map(change);
const cache = (fn) => fn;
function Page({rows}) {
  const bump = (n) => n + 1;
  const isLarge = (n) => n > 2;
  const order = (a, b) => b - a;
  cache(bump);
  const seen = rows.map(bump).filter(isLarge).toSorted(order);
  const later = Promise.resolve(1).then(bump);
  setTimeout(bump, 0);
  return async () => {
    'use server';
    return [
      seen,
      await later,
      rows.map(bump).filter(isLarge).sort(order),
      each(rows, bump),
      await Promise.resolve(1).then(bump),
      bump === undefined,
      typeof bump,
      bump.name,
      bump.length,
      bump.call(null, 1),
      bump.bind(null, 5)(),
      'a1'.replace(/\d/, String),
    ];
  };
}
export async function scenario(call) {
  return call(Page({rows: [3, 1, 2]}));
}
