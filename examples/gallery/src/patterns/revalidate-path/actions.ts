'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {counter} from './counter.ts';

export async function change() {
  return ++counter.value;
}

export async function changeAndShow() {
  counter.value++;
  revalidatePath('/revalidate-path');
  return counter.value;
}
