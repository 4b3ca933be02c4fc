'use server';
import {sleep} from '../../memory.ts';

export interface Answer {
  title: string;
  body: Promise<string>;
}

export async function search(word: string): Promise<Answer> {
  return {title: `Results for ${word}`, body: lookUp(word)};
}

async function lookUp(word: string) {
  await sleep(800);
  return `${word.length} letters, found after a while.`;
}
