'use server';
import {post} from './post.ts';

export async function incrementLike() {
  return ++post.likes;
}
