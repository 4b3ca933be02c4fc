// Inline server functions. Each uses variables of the component around it: `note.id` and so on.
// These captures travel through the browser and back as one encrypted token, so that browsers
// cannot read or change them, and only what is used travels.
import {revalidateTag} from 'use-server-webpack-plugin/server';
import {deleteNote, pinNote, readNoteForm, updateNote, type Note} from '../notes.ts';
import type {NoteFormState} from '../actions.ts';
import {EditForm} from './EditForm.tsx';
import {PinButton, SubmitButton} from './buttons.tsx';

const dateFormat = new Intl.DateTimeFormat('en', {dateStyle: 'medium', timeStyle: 'short'});

export function NoteRow({note}: {note: Note}) {
  async function remove() {
    'use server';
    await deleteNote(note.id);
    revalidateTag('notes');
  }

  async function togglePin() {
    'use server';
    await pinNote(note.id, !note.pinned);
    revalidateTag('notes');
  }

  async function save(_: NoteFormState, form: FormData): Promise<NoteFormState> {
    'use server';
    const {text, error} = readNoteForm(form);
    if (error) return {text, error};
    // The revision that this page shows: no one overwrites what they have not seen.
    const isSaved = await updateNote(note.id, note.revision, text);
    revalidateTag('notes');
    if (isSaved) return {text, savedAt: Date.now()};
    return {
      text,
      error: 'This note was changed elsewhere. Save again to put your text in its place.',
    };
  }

  return (
    <article>
      <h3>{note.title}</h3>
      {note.body && <p className="note-body">{note.body}</p>}
      <footer>
        <time dateTime={note.updatedAt.toISOString()}>{dateFormat.format(note.updatedAt)}</time>
        <form action={togglePin}>
          <PinButton pinned={note.pinned} title={note.title} />
        </form>
        <EditForm title={note.title} body={note.body} save={save} />
        <form action={remove}>
          <SubmitButton className="quiet danger" label={`Delete ${note.title}`} pending="Deleting">
            Delete
          </SubmitButton>
        </form>
      </footer>
    </article>
  );
}
