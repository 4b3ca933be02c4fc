'use server';
export async function save(x) {
  return ['declared', x];
}
export default save;
const inner = save;
save = async (x) => ['assigned', await inner(x)];
