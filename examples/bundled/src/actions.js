'use server';

import {guests} from './guests.js';

export async function sign(previous, form) {
  const name = form.get('name').trim();
  if (!name) return {error: 'Please write a name.', guests};
  guests.push(name);
  return {guests};
}
