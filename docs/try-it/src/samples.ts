/** A module to begin with. */
export interface Sample {
  /** Of the address: `#sample=inline`. */
  key: string;
  title: string;
  file: string;
  source: string;
}

/** Shown when the address names none. */
export const FIRST_SAMPLE = 'inline';

export const samples: readonly Sample[] = [
  {
    key: 'module',
    title: 'Server functions',
    file: 'src/actions.ts',
    source: `'use server';

import {revalidatePath} from 'use-server-webpack-plugin/server';
import {db} from './database';

// Nothing of this gets into the browser: no import,
// no constant, no comment.
const MAX_LENGTH = 200;

export async function createNote(form: FormData) {
  const title = String(form.get('title')).trim();
  if (title.length > MAX_LENGTH) return {error: 'Too long.'};
  await db.notes.insert({title});
  revalidatePath('/notes');
  return {error: null};
}

export async function searchNotes(text: string) {
  return db.notes.search(text);
}
`,
  },
  {
    key: 'inline',
    title: 'With captures',
    file: 'src/NotePage.tsx',
    source: `import {db, type Note} from './database';
import type {User} from './users';

interface Props {
  note: Note;
  user: User;
}

export function NotePage({note, user}: Props) {
  // It uses variables of the component: of both
  // only the ids travel, encrypted.
  async function rename(form: FormData) {
    'use server';
    const title = String(form.get('title'));
    await db.notes.update(note.id, {title, by: user.id});
  }

  return (
    <form action={rename}>
      <input name="title" defaultValue={note.title} />
      <button>Rename</button>
    </form>
  );
}
`,
  },
  {
    key: 'bind',
    title: 'With bind',
    file: 'src/NoteList.jsx',
    source: `import {db} from './database.js';

// Nothing is captured: what it needs is bound. The page
// holds bound arguments as readable text.
async function remove(id) {
  'use server';
  await db.notes.remove(id);
}

export async function NoteList() {
  const notes = await db.notes.list();
  return (
    <ul>
      {notes.map((note) => (
        <li key={note.id}>
          {note.title}
          <form action={remove.bind(null, note.id)}>
            <button>Delete</button>
          </form>
        </li>
      ))}
    </ul>
  );
}
`,
  },
  {
    key: 'wrapped',
    title: 'With a guard',
    file: 'src/actions.ts',
    source: `'use server';

import {withUser} from './auth';
import {db} from './database';

// A call runs what "withUser" returns: nobody gets around it.
export const rename = withUser(async (user, id, title) => {
  await db.notes.update(id, {title, by: user.id});
});

export const remove = withUser(async (user, id) => {
  await db.notes.remove(id, {by: user.id});
});
`,
  },
  {
    key: 'client',
    title: 'Client component',
    file: 'src/LikeButton.tsx',
    source: `'use client';

import {useTransition} from 'react';
import {like} from './actions';

export function LikeButton({id}: {id: number}) {
  const [isPending, startTransition] = useTransition();
  const click = () => startTransition(() => like(id));
  return (
    <button disabled={isPending} onClick={click}>
      Like
    </button>
  );
}
`,
  },
  {
    key: 'mistakes',
    title: 'Mistakes',
    file: 'src/Counter.jsx',
    source: `import {db} from './database.js';

export function Counter({note}) {
  let clicks = 0;

  function count() {
    'use server';
    clicks += 1;
    return db.count(note.id);
  }

  const save = async function (form) {
    'use server';
    await db.save(this.id, form, arguments.length);
  };

  async function remove() {
    'use sever';
    await db.remove(note.id);
  }

  return <Buttons {...{count, save, remove}} />;
}
`,
  },
  {
    key: 'commonjs',
    title: 'CommonJS',
    file: 'src/actions.cjs',
    source: `'use server';

const {db} = require('./database.cjs');

exports.createNote = async (form) => {
  const title = String(form.get('title'));
  await db.notes.insert({title});
};
`,
  },
];
