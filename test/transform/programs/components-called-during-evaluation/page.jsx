import './renderer.js';
export var register = [];
export function Page(id) {
  return save;
  async function save(x) {
    'use server';
    return ['page', id, x, other.name];
  }
}
export async function topLevel(x) {
  'use server';
  return ['top level', x];
}
register.push(Page('during'), topLevel);
const other = async () => {
  'use server';
};
