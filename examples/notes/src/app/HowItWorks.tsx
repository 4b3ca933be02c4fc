'use client';
import {lastCall} from '../browser/lastCall.ts';
import {useStore} from '../browser/store.ts';

const functions = [
  {does: 'Add a note', file: 'src/actions.ts', name: 'createNote'},
  {does: 'Search', file: 'src/app/searchNotes.tsx', name: 'searchNotes'},
  {does: 'Pin', file: 'src/app/NoteRow.tsx', name: 'togglePin'},
  {does: 'Edit', file: 'src/app/NoteRow.tsx', name: 'save'},
  {does: 'Add an image', file: 'src/app/NoteRow.tsx', name: 'attachImage'},
  {does: 'Remove an image', file: 'src/app/NoteRow.tsx', name: 'removeImage'},
  {does: 'Delete', file: 'src/app/NoteRow.tsx', name: 'remove'},
];

/** Which server function each part of the page calls, and which one ran last. */
export function HowItWorks() {
  const last = useStore(lastCall);
  return (
    <section className="how" aria-labelledby="how">
      <h2 id="how">How this works</h2>
      <p>
        Each of these is an async function with <code>"use server"</code> in it. The browser knows
        its name, and calls it like any other.
      </p>
      <ul>
        {functions.map(({does, file, name}) => (
          <li key={name} data-last={isCallOf(last?.id, file, name) || undefined}>
            <span className="does">{does}</span>
            <code>{name}</code>
            <small>
              {isCallOf(last?.id, file, name) ? `answered in ${last!.milliseconds} ms` : file}
            </small>
          </li>
        ))}
      </ul>
      <p>
        The list is a Server Component that reads PostgreSQL: <code>src/app/NoteList.tsx</code>.
        What the functions of a note know of it travels through the browser encrypted.
      </p>
    </section>
  );
}

/** Ids name the module, and inline functions with where they stand: `src/app/NoteRow.tsx#$$NoteRow$save`. */
function isCallOf(id: string | undefined, file: string, name: string): boolean {
  return id === `${file}#${name}` || id === `${file}#$$NoteRow$${name}`;
}
