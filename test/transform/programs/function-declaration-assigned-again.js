function Page() {
  const before = save;
  save = 'text';
  return before;
  async function save() {
    'use server';
    return [typeof save, save];
  }
}
export async function scenario(call) {
  const save = Page();
  return [await call(save), save.name];
}
