'use server';

import {z} from 'zod';
import {listExpenses} from '../expenses.ts';
import {currentUser, endSession, startSession} from '../session.ts';
import {checkPassword, type User} from '../users.ts';
import {shown, type ShownExpense} from '../shown.ts';

export interface OpenedApp {
  user: Pick<User, 'id' | 'name'>;
  expenses: ShownExpense[];
}

/** What the page shows first: `null` for people who have to sign in. */
export async function openApp(): Promise<OpenedApp | null> {
  const user = currentUser();
  return user ? opened(user) : null;
}

const Credentials = z.object({name: z.string().max(100), password: z.string().max(200)});

export async function signIn(credentials: z.input<typeof Credentials>) {
  const {name, password} = Credentials.parse(credentials);
  const user = await checkPassword(name.trim().toLowerCase(), password);
  if (!user) return {error: 'The name or the password is wrong.'};
  await startSession(user);
  return opened(user);
}

export async function signOut(): Promise<void> {
  await endSession();
}

function opened({id, name}: User): OpenedApp {
  return {user: {id, name}, expenses: listExpenses(id).map(shown)};
}
