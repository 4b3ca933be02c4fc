'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {readText} from '../../form.ts';
import {blog} from './blog.ts';

export async function createPost(form: FormData) {
  const title = readText(form, 'title');
  const content = readText(form, 'content');
  if (title) blog.posts.push({title, content});
  revalidatePath('/form-client');
}
