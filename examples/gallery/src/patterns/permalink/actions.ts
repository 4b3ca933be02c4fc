'use server';
import {readText} from '../../form.ts';

export async function subscribe(_: string, form: FormData) {
  const email = readText(form, 'email');
  return email.includes('@') ? `${email} is subscribed.` : 'That is no e-mail address.';
}
