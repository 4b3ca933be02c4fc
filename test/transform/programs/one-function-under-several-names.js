'use server';
async function save(x) {
  return ['save', x];
}
export {save, save as store, save as default, save as 'keep it'};
export const alias = save;
export const [inArray, {inObject}] = [save, {inObject: save}];
const same = (fn) => fn;
export const passed = same(save);
export async function scenario(call) {
  const all = [save, alias, inArray, inObject, passed];
  const results = [new Set(all).size, save.name, save.length];
  for (const fn of all) results.push(await call(fn, 1));
  return results;
}
