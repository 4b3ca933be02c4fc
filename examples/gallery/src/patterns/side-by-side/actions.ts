'use server';
import {sleep} from '../../memory.ts';

export async function brew(drink: string) {
  await sleep(1000);
  return `${drink} is ready`;
}
