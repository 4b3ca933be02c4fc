'use server';
// A server function may return Server Components: these notes come with their own server functions in them.
import type {ReactNode} from 'react';
import {NoteList} from './NoteList.tsx';

export async function searchNotes(words: unknown): Promise<ReactNode> {
  return <NoteList words={typeof words === 'string' ? words : ''} />;
}
