'use server';

export async function greet(name: string) {
  return `Hello ${name}, says the server.`;
}
