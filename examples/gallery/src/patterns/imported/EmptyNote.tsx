'use client';
import {createNote} from './actions.ts';

export function EmptyNote() {
  return <button onClick={() => createNote()}>Create empty note</button>;
}
