// All SQL of the app. Server Components read through it, server functions write through it.
import {cached} from './cache.ts';
import {query} from './db.ts';

export interface Note {
  id: string;
  title: string;
  body: string;
  pinned: boolean;
  /** Changes with every edit. Only the server needs it: see `save` in app/NoteRow.tsx. */
  revision: string;
  updatedAt: Date;
}

export interface NoteText {
  title: string;
  body: string;
}

/** Read once, and again after `revalidateTag('notes')`. */
export const listNotes = cached(
  () =>
    query<Note>(
      `select id, title, body, pinned, revision, updated_at as "updatedAt"
       from notes order by pinned desc, updated_at desc, id`,
    ),
  {tags: ['notes']},
);

export async function addNote({title, body}: NoteText): Promise<void> {
  await query('insert into notes (title, body) values ($1, $2)', [title, body]);
}

/** @returns false when the note was changed or deleted since `revision` was read */
export async function updateNote(id: string, revision: string, {title, body}: NoteText) {
  const rows = await query(
    `update notes set title = $3, body = $4, revision = gen_random_uuid(), updated_at = now()
     where id = $1 and revision = $2 returning id`,
    [id, revision, title, body],
  );
  return rows.length === 1;
}

/** @throws Error when the note does not exist any more */
export async function pinNote(id: string, pinned: boolean): Promise<void> {
  const rows = await query('update notes set pinned = $2 where id = $1 returning id', [id, pinned]);
  if (rows.length === 0) throw new Error('This note was deleted in the meantime.');
}

export async function deleteNote(id: string): Promise<void> {
  await query('delete from notes where id = $1', [id]);
}

/** For the footer: which PostgreSQL answers. */
export async function databaseVersion(): Promise<string> {
  const [row] = await query<{version: string}>('select version()');
  return /^PostgreSQL [\d.]+( \(PGlite [\d.]+\))?/.exec(row?.version ?? '')?.[0] ?? 'PostgreSQL';
}

/**
 * Reads a form. Never trust what arrives: a request can hold anything, whatever the form says.
 *
 * @returns the text, and what is wrong with it, if anything
 */
export function readNoteForm(form: FormData): {text: NoteText; error?: string} {
  const text = {title: readField(form, 'title'), body: readField(form, 'body')};
  if (text.title === '') return {text, error: 'Please give the note a title.'};
  if (text.title.length > 100) return {text, error: 'The title can have 100 characters at most.'};
  if (text.body.length > 5000) return {text, error: 'The note can have 5000 characters at most.'};
  return {text};
}

function readField(form: FormData, name: string): string {
  const value = form.get(name);
  // Forms send line ends as \r\n. PostgreSQL cannot store the NUL character.
  return typeof value === 'string' ? value.replaceAll(/\r(?=\n)|\0/g, '').trim() : '';
}
