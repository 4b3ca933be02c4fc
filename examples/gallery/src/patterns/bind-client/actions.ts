'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {readText} from '../../form.ts';
import {list} from './list.ts';

export async function rename(id: number, form: FormData) {
  const item = list.items.find((other) => other.id === id);
  if (item) item.name = readText(form, 'name');
  revalidatePath('/bind-client');
}
