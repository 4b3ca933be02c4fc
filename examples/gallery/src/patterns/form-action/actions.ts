'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {readText} from '../../form.ts';
import {blog} from './blog.ts';

export async function createPost(form: FormData) {
  blog.posts.push(readText(form, 'title'));
  revalidatePath('/form-action');
}
