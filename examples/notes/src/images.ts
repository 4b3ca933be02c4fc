// The images of notes, in the database: so every process has them, and they go with their note.
import {query} from './db.ts';

export interface StoredImage {
  name: string;
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Images that browsers show and that cannot run anything. The first bytes tell, not what the browser says. */
const signatures: [type: string, bytes: RegExp][] = [
  ['image/png', /^\x89PNG/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF....WEBP/s],
];

/** @returns the type of an image, or `undefined` for what is none */
export function imageType(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  return signatures.find(([, signature]) => signature.test(start))?.[0];
}

/**
 * Puts an image in the place of the one that a note has.
 *
 * @returns false when the note does not exist any more
 */
export async function putImage(noteId: string, {name, type, bytes}: StoredImage): Promise<boolean> {
  const rows = await query(
    `insert into images (note_id, name, type, bytes)
     select id, $2::text, $3::text, $4::bytea from notes where id = $1
     on conflict (note_id) do update
     set id = excluded.id, name = excluded.name, type = excluded.type, bytes = excluded.bytes
     returning id`,
    [noteId, name, type, bytes],
  );
  return rows.length === 1;
}

export async function deleteImage(noteId: string): Promise<void> {
  await query('delete from images where note_id = $1', [noteId]);
}

export async function readImage(id: string): Promise<StoredImage | undefined> {
  const [image] = await query<StoredImage>('select name, type, bytes from images where id = $1', [
    id,
  ]);
  return image;
}
