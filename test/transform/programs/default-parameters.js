function Page(
  id,
  save = async (x) => {
    'use server';
    return ['default', id, x];
  },
  {nested = async (x) => {
    'use server';
    return ['nested', id, x];
  }} = {},
  [inArray = async (x) => {
    'use server';
    return ['in array', id, x];
  }] = [],
  later = async (x) => {
    'use server';
    return ['later', id, x, await save(x)];
  },
) {
  var id = 'of the body';
  return [save, nested, inArray, later, async () => {
    'use server';
    return id;
  }];
}
const arrow = (
  a,
  b = async () => {
    'use server';
    return a;
  },
) => b;
function readOnlyInADefault(note) {
  return async function (x = note.id, y = () => x + note.more) {
    'use server';
    return y();
  };
}
function usesItself(n) {
  async function down(k = n, again = () => down(k - 1)) {
    'use server';
    return k <= 0 ? 'ground' : again();
  }
  return down;
}
export async function scenario(call) {
  const results = [];
  for (const fn of [...Page('parameter'), arrow('a'), readOnlyInADefault({id: 1, more: 2}), usesItself(2)]) {
    results.push([fn.name, fn.length, await call(fn)]);
  }
  return results;
}
