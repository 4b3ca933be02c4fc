function Page(
  {
    note,
    list: [first, ...rest],
    deep: {
      a: {b = 'default'},
    },
  },
  ...more
) {
  async function save(data, tag = note.id) {
    'use server';
    return [note.title, data, tag, first, rest, b, more];
  }
  return save;
}
export async function scenario(call) {
  const save = Page(
    {note: {id: 7, title: 'seven', secret: 1}, list: [1, 2, 3], deep: {a: {}}},
    'x',
    'y',
  );
  return [await call(save, 'd'), await call(save, 'd', 't'), save.name, save.length];
}
