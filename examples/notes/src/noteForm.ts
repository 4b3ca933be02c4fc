import type {FormAnswer} from './formAnswer.ts';

export interface NoteText {
  title: string;
  body: string;
}

/**
 * Reads a form. Never trust what arrives: a request can hold anything, whatever the form says.
 *
 * @returns the text, and what is wrong with it, if anything
 */
export function readNoteForm(form: FormData): {text: NoteText; errors?: FormAnswer['errors']} {
  const text = {title: readField(form, 'title'), body: readField(form, 'body')};
  const errors: FormAnswer['errors'] = {};
  if (text.title === '') errors.title = 'Please give the note a title.';
  if (text.title.length > 100) errors.title = 'The title can have 100 characters at most.';
  if (text.body.length > 5000) errors.body = 'The note can have 5000 characters at most.';
  return Object.keys(errors).length > 0 ? {text, errors} : {text};
}

/** The id that the page has given to the note which is being written. */
export function readNewId(form: FormData): string | undefined {
  const id = readField(form, 'id');
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(id) ? id : undefined;
}

function readField(form: FormData, name: string): string {
  const value = form.get(name);
  // Forms send line ends as \r\n. PostgreSQL cannot store the NUL character.
  return typeof value === 'string' ? value.replaceAll(/\r(?=\n)|\0/g, '').trim() : '';
}
