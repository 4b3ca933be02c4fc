function Page(id) {
  async function save(a, b, c) {
    'use server';
    return [id, a, b, c];
  }
  return save;
}
async function plain(...args) {
  'use server';
  return args;
}
export async function scenario(call) {
  const save = Page('p');
  return [
    await call(save.bind(null, 1).bind(null, 2), 3),
    await call(save.bind(null), 1),
    await call(plain.bind(null, 1).bind(undefined, 2, 3), 4),
  ];
}
