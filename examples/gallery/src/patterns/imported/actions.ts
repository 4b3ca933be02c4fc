'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {notebook} from './notebook.ts';

export async function createNote() {
  notebook.notes++;
  revalidatePath('/imported');
}
