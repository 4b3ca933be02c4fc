'use server';

// Runs on the server only: no word of this file gets into the browser's bundle.
const guests = ['Ada'];

export async function sign(name) {
  if (!name.trim()) return {error: 'Please write a name.', guests};
  guests.push(name.trim());
  return {guests};
}

export async function listGuests() {
  return guests;
}
