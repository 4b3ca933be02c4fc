'use server';
import {sleep} from '../../memory.ts';

export async function createPost(posts: number) {
  await sleep(400);
  return posts + 1;
}
