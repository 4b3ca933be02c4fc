async function log(x) {
  'use server';
  return ['log', x];
}
function Row({onSave, id}) {
  return async (x) => {
    'use server';
    const bound = onSave.bind(null, 'again');
    return [await onSave(x), await bound(x), id, onSave];
  };
}
function Page(id) {
  async function save(a, b) {
    'use server';
    return [id, a, b];
  }
  return [
    Row({onSave: save, id: 1}),
    Row({onSave: save.bind(null, 'bound'), id: 2}),
    Row({onSave: log, id: 3}),
  ];
}
export async function scenario(call) {
  const results = [];
  for (const fn of Page('page')) {
    const [a, b, c, back] = await call(fn, 'x');
    results.push(a, b, c, await call(back, 'y'));
  }
  return results;
}
