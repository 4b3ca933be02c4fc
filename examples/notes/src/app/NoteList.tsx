// A Server Component: it reads from the database, and none of its code is in the browser.
import {Suspense} from 'react';
import {listNotes, type Notes} from '../notes.ts';
import {DatabaseVersion} from './DatabaseVersion.tsx';
import {NoteRow} from './NoteRow.tsx';
import {NoteRows} from './NoteRows.tsx';

export async function NoteList({words}: {words: string}) {
  let list: Notes;
  try {
    list = await listNotes(words);
  } catch (error) {
    // Caught here and not by an error boundary: so people without JavaScript see it as well.
    console.error('The notes could not be read:', error);
    return (
      <section className="message">
        <h2>Your notes cannot be shown right now</h2>
        <p>The database does not answer. Nothing is lost: please reload the page in a moment.</p>
      </section>
    );
  }
  const {notes} = list;
  return (
    <section aria-labelledby="your-notes">
      <h2 id="your-notes" className="list-title" tabIndex={-1}>
        {words === '' ? 'Your notes' : 'Found'} <span className="count">{notes.length}</span>
      </h2>
      <NoteRows
        rows={notes.map((note) => ({
          id: note.id,
          pinned: note.pinned,
          row: <NoteRow note={note} />,
        }))}
        empty={
          <p className="message">
            {words === '' ? 'No notes yet. Write the first one.' : `No note has “${words}” in it.`}
          </p>
        }
      />
      <p className="kept">
        <Suspense fallback="Asking the database">
          <DatabaseVersion />
        </Suspense>
      </p>
    </section>
  );
}
