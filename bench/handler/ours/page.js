import {createElement as h} from 'react';
import {save, saveForm} from './actions.js';

/** A form for each server function: what a browser would send is read from their hidden fields. */
export function Page({note}) {
  return h(
    'main',
    null,
    h('form', {id: 'object', action: save}),
    h('form', {id: 'formData', action: saveForm}),
    h('form', {id: 'captures', action: saveNote}),
    h('form', {id: 'posted', action: postNote}),
  );

  async function saveNote(form) {
    'use server';
    return {id: note.id, owner: note.owner, title: form.get('title').trim(), saved: true};
  }

  // Without JavaScript the answer is a redirection to the page, whatever it returns.
  async function postNote(form) {
    'use server';
    if (note.id !== 7 || !form.get('title').trim()) throw new Error('wrong');
  }
}
