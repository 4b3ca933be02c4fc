'use server';
import {readText} from '../../form.ts';

export async function ping(_: string, form: FormData) {
  return `pong ${readText(form, 'message')}`.trim();
}
