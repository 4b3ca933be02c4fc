'use server';
import {headers, redirect} from 'use-server-webpack-plugin/server';
import {cache} from '../cache.ts';
import {resetMemory} from '../memory.ts';

/** All demos start over, and the page is loaded again, so that its client components do too. */
export async function startOver() {
  resetMemory();
  cache.clear();
  const page = headers().get('referer');
  redirect(page ? new URL(page).pathname : '/');
}
