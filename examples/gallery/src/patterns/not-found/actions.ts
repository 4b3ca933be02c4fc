'use server';
import {notFound} from 'use-server-webpack-plugin/server';
import {readText} from '../../form.ts';

const orders = new Map([['7', 'seven roses']]);

export async function findOrder(_: string, form: FormData): Promise<string> {
  const number = readText(form, 'number');
  return orders.get(number) ?? notFound();
}
