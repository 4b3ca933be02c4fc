async function save() {
  'use server';
  return ['saved', typeof save];
}
const first = save;
save = 'text';
export async function scenario(call) {
  return [await call(first), first.name];
}
