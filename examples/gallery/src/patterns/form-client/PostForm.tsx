'use client';
import {FormGuard} from '../../app/FormGuard.tsx';
import {createPost} from './actions.ts';

export function PostForm() {
  return (
    <form action={createPost}>
      <label>
        Title
        <input name="title" autoComplete="off" />
      </label>
      <label>
        Content
        <input name="content" autoComplete="off" />
      </label>
      <button>Create</button>
      <FormGuard />
    </form>
  );
}
