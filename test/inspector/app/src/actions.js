'use server';
import {cookies, notFound, redirect, revalidatePath} from 'use-server-webpack-plugin/server';

export async function save(note) {
  const jar = cookies();
  jar.set('last', note.title, {httpOnly: true});
  revalidatePath('/notes');
  await new Promise((resolve) => setTimeout(resolve, 4));
  return {id: 7, ...note, savedAt: new Date(0)};
}

export async function fail({amount}) {
  await Promise.resolve();
  throw new RangeError(`Cannot pay ${amount} twice`);
}

export async function count(to) {
  async function* numbers() {
    for (let number = 1; number <= to; number++) yield {number};
  }
  return {numbers: numbers(), later: Promise.resolve('in the end')};
}

export async function leave() {
  redirect('/elsewhere');
}

export async function find() {
  notFound();
}

export async function makeRename(note) {
  const owner = 'Ada';
  async function rename(title) {
    'use server';
    return `${owner} renames ${note.title} to ${title}`;
  }
  return rename;
}

export async function forbidden() {}
