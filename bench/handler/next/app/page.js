import {redirect} from 'next/navigation';
import {save, saveForm} from './actions.js';
import {note as saved} from '../../support/note.js';

export const dynamic = 'force-dynamic';

export default async function Page() {
  const note = await Promise.resolve({...saved});

  async function saveNote(form) {
    'use server';
    return {id: note.id, owner: note.owner, title: form.get('title').trim(), saved: true};
  }

  // Without the redirection Next would render the page again; the others answer 303.
  async function postNote(form) {
    'use server';
    if (note.id !== 7 || !form.get('title').trim()) throw new Error('wrong');
    redirect('/');
  }

  return (
    <main>
      <form id="object" action={save} />
      <form id="formData" action={saveForm} />
      <form id="captures" action={saveNote} />
      <form id="posted" action={postNote} />
    </main>
  );
}
