'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {cache} from '../cache.ts';
import {resetMemory} from '../memory.ts';

/** All demos start over. */
export async function startOver() {
  resetMemory();
  cache.clear();
  revalidatePath('/');
}
