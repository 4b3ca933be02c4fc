'use server';
import data from './data.json' with {type: 'json'};
export async function save(x) {
  const {default: again} = await import('./data.json', {with: {type: 'json'}});
  return [data.name, again === data, x];
}
