'use server';
import {sleep} from '../../memory.ts';

export async function updateName(name: string) {
  await sleep(300);
  if (!name.trim()) return {error: 'Name is required'};
  return {name: name.trim()};
}
