'use server';
// Every export of this module is a server function. Client components import them as usual: the
// browser gets a stub that calls the server, and nothing of what stands here.
import {revalidateTag} from 'use-server-webpack-plugin/server';
import {addNote, readNoteForm, type NoteText} from './notes.ts';

export interface NoteFormState {
  text: NoteText;
  error?: string;
  savedAt?: number;
}

export async function createNote(_: NoteFormState, form: FormData): Promise<NoteFormState> {
  const {text, error} = readNoteForm(form);
  if (error) return {text, error};
  try {
    await addNote(text);
  } catch (cause) {
    console.error('A note could not be saved:', cause);
    return {text, error: 'The note could not be saved: the database does not answer.'};
  }
  revalidateTag('notes');
  return {text: {title: '', body: ''}};
}
