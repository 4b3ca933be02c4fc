import {listNotes, type Note} from '../notes.ts';
import {ErrorBoundary} from './ErrorBoundary.tsx';
import {NoteRow} from './NoteRow.tsx';

export async function NoteList() {
  let notes: Note[];
  try {
    notes = await listNotes();
  } catch (error) {
    // Caught here and not by an error boundary: so people without JavaScript see it as well.
    console.error('The notes could not be read:', error);
    return (
      <section className="message" role="alert">
        <h2>Your notes cannot be shown right now</h2>
        <p>The database does not answer. Nothing is lost: please reload the page in a moment.</p>
      </section>
    );
  }
  if (notes.length === 0) {
    return (
      <section className="message">
        <h2>No notes yet</h2>
        <p>Write the first one above.</p>
      </section>
    );
  }
  return (
    <section aria-labelledby="your-notes">
      <h2 id="your-notes" className="list-title">
        Your notes <span className="count">{notes.length}</span>
      </h2>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note.id} className="note" data-pinned={note.pinned || undefined}>
            <ErrorBoundary>
              <NoteRow note={note} />
            </ErrorBoundary>
          </li>
        ))}
      </ul>
    </section>
  );
}
