'use client';
import {createPost} from './actions.ts';

export function CreateButton() {
  return <button formAction={createPost}>Create</button>;
}
