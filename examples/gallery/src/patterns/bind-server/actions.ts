'use server';
import {revalidatePath} from 'use-server-webpack-plugin/server';
import {cart} from './cart.ts';

export async function change(name: string, by: number, form: FormData) {
  const item = cart.items.find((other) => other.name === name);
  if (item) item.quantity = Math.max(0, item.quantity + by * Number(form.get('step')));
  revalidatePath('/bind-server');
}
