'use server';

import {headers, redirect} from 'use-server-webpack-plugin/server';
import {guests} from './guests.js';

export async function sign(previous, form) {
  const name = form.get('name').trim();
  const error = 'Please write a name of up to 80 letters.';
  if (!name || name.length > 80) return {error, name, guests};
  // Who signs again, because the answer got lost, is in the book once.
  if (!guests.includes(name)) guests.push(name);
  // Posted without JavaScript: a reload of the page that answers shall not post again.
  if (!headers().has('X-Action-Id')) redirect('/');
  return {signed: name, guests};
}
