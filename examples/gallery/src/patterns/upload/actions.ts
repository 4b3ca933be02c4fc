'use server';
import {createHash} from 'node:crypto';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {shelf} from './shelf.ts';

export async function upload(form: FormData) {
  const file = form.get('file');
  if (!(file instanceof File) || file.size === 0) return;
  const hash = createHash('sha256').update(await file.bytes());
  shelf.last = `${file.name}, ${file.size} bytes, SHA-256 ${hash.digest('hex').slice(0, 8)}`;
  revalidatePath('/upload');
}
