// The SQL of notes. Server Components read through it, server functions write through it.
import {cached} from './cache.ts';
import {query} from './db.ts';
import type {NoteText} from './noteForm.ts';

export interface Note extends NoteText {
  id: string;
  pinned: boolean;
  /** Changes with every edit. Only the server needs it: see `save` in app/NoteRow.tsx. */
  revision: string;
  updatedAt: Date;
  image: {id: string; name: string} | null;
}

export interface Notes {
  notes: Note[];
  /** By the clock of the database, which all processes share. Of two pages, the one that was read later is newer. */
  readAt: number;
}

/** Read once for each search, and again after `revalidateTag('notes')`. */
export const listNotes = cached(
  async (words: string): Promise<Notes> => {
    // There is always a row, for the time.
    const rows = await query<Note & {readAt: number}>(
      `select extract(epoch from now())::float8 as "readAt",
         n.id, n.title, n.body, n.pinned, n.revision, n.updated_at as "updatedAt",
         case when i.id is not null then json_build_object('id', i.id, 'name', i.name) end as image
       from (select 1) as always
       left join notes n on position(lower($1::text) in lower(n.title || ' ' || n.body)) > 0
       left join images i on i.note_id = n.id
       order by n.pinned desc, n.updated_at desc, n.id`,
      [words],
    );
    return {notes: rows.filter(({id}) => id !== null), readAt: rows[0]!.readAt};
  },
  {tags: ['notes']},
);

/**
 * Adds a note under the id that its form came with. A form that arrives twice is one note: people press
 * twice, and send again when they have heard nothing. With another text it is another note.
 */
export async function addNote(id: string | undefined, {title, body}: NoteText): Promise<void> {
  const added = await query(
    `insert into notes (id, title, body) values (coalesce($1::uuid, gen_random_uuid()), $2, $3)
     on conflict (id) do nothing returning id`,
    [id, title, body],
  );
  if (added.length === 1) return;
  await query(
    `insert into notes (title, body) select $2::text, $3::text
     where not exists (select from notes where id = $1 and title = $2 and body = $3)`,
    [id, title, body],
  );
}

/**
 * Saves a note, unless it was changed since `revision` was read. A text that it has already is saved, however
 * it came there: by the same call, whose answer was lost.
 */
export async function updateNote(
  id: string,
  revision: string,
  {title, body}: NoteText,
): Promise<'saved' | 'changed' | 'deleted'> {
  const saved = await query(
    `update notes set title = $3, body = $4, revision = gen_random_uuid(), updated_at = now()
     where id = $1 and (revision = $2 or (title = $3 and body = $4)) returning id`,
    [id, revision, title, body],
  );
  if (saved.length === 1) return 'saved';
  const left = await query('select from notes where id = $1', [id]);
  return left.length === 1 ? 'changed' : 'deleted';
}

/** Writes a note that was deleted once more, under its id. */
export async function restoreNote(id: string, {title, body}: NoteText): Promise<void> {
  await query(
    'insert into notes (id, title, body) values ($1, $2, $3) on conflict (id) do nothing',
    [id, title, body],
  );
}

/** @returns false when the note does not exist any more */
export async function pinNote(id: string, pinned: boolean): Promise<boolean> {
  const rows = await query('update notes set pinned = $2 where id = $1 returning id', [id, pinned]);
  return rows.length === 1;
}

export async function deleteNote(id: string): Promise<void> {
  await query('delete from notes where id = $1', [id]);
}

/** For the footer: which PostgreSQL answers. */
export async function databaseVersion(): Promise<string> {
  const [row] = await query<{version: string}>('select version()');
  return /^PostgreSQL [\d.]+( \(PGlite [\d.]+\))?/.exec(row?.version ?? '')?.[0] ?? 'PostgreSQL';
}
