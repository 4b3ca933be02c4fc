'use server';
// Every export of this module is a server function. Client components import them as usual: the
// browser gets a stub that calls the server, and nothing of what stands here.
import {revalidateTag} from 'use-server-webpack-plugin/server';
import type {FormAnswer} from './formAnswer.ts';
import {readNewId, readNoteForm} from './noteForm.ts';
import {addNote} from './notes.ts';

export async function createNote(_: FormAnswer, form: FormData): Promise<FormAnswer> {
  const {text, errors} = readNoteForm(form);
  if (errors) return {text, errors};
  try {
    await addNote(readNewId(form), text);
  } catch (cause) {
    console.error('A note could not be saved:', cause);
    return {
      text,
      errors: {form: 'The note could not be saved: the database does not answer.'},
    };
  }
  revalidateTag('notes');
  return {done: 'The note was added.'};
}
