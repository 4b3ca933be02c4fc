'use server';
import {sleep} from '../../memory.ts';

export async function count(to: number) {
  return numbers(to);
}

async function* numbers(to: number) {
  for (let i = 1; i <= to; i++) {
    await sleep(300);
    yield i;
  }
}
