function Page() {
  const items = [1];
  const box = {items};
  const author = {name: 'Ada', mail: 'ada@example.org'};
  const note = {author, id: 1, secret: () => 'not serialisable'};
  const same = note;
  return {
    push: async () => {
      'use server';
      box.items.push(2);
      return items.length;
    },
    rename: async () => {
      'use server';
      const renamed = box;
      renamed.items = [author];
      renamed.items[0].name = 'Bob';
      return author.name;
    },
    parts: async () => {
      'use server';
      return [note.id, same.author.name, note.author.mail];
    },
  };
}
export async function scenario(call) {
  const results = [];
  for (const name of ['push', 'rename', 'parts']) results.push(await call(Page()[name]));
  return results;
}
