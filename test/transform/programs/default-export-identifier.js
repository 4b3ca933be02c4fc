'use server';
const save = async (x) => ['identifier', x];
export default save;
export async function scenario(call) {
  return [save.name, await call(save, 1)];
}
