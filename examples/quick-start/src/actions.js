'use server';

// Runs on the server only: no word of this file gets into the browser's bundle.
// A Set: who signs again, because the answer got lost, is in the book once.
const guests = new Set(['Ada']);

export async function sign(text) {
  // A page sends a text. Others may send anything.
  if (typeof text !== 'string') throw new TypeError('A name is a text.');
  const name = text.trim();
  if (!name || name.length > 80) return {error: 'Please write a name of up to 80 letters.', guests};
  guests.add(name);
  return {thanks: `Thank you, ${name}.`, guests};
}

export async function listGuests() {
  return guests;
}
