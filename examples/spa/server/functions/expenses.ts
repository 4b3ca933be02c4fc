'use server';

import {z} from 'zod';
import {deleteExpense, insertExpense, listExpenses} from '../expenses.ts';
import {LARGEST_RECEIPT} from '../../shared/limits.ts';
import {shown} from '../shown.ts';
import {withUser} from '../withUser.ts';

const NewExpense = z.object({
  id: z.uuid(),
  title: z.string().trim().min(1, 'What was it for?').max(100, 'Up to 100 letters, please.'),
  amount: z
    .string()
    .trim()
    .regex(/^\d{1,6}([.,]\d{1,2})?$/, 'An amount is a number, such as 12.50.'),
  receipt: z
    .file()
    .max(LARGEST_RECEIPT, 'A receipt can have up to 1 MB.')
    .mime(['image/png', 'image/jpeg', 'application/pdf'], 'A receipt is a PNG, a JPEG or a PDF.')
    .optional(),
});

export const addExpense = withUser(NewExpense, async (user, {id, title, amount, receipt}) => {
  const cents = Math.round(Number(amount.replace(',', '.')) * 100);
  const bytes = receipt && new Uint8Array(await receipt.arrayBuffer());
  insertExpense({
    id,
    userId: user.id,
    title,
    cents,
    receipt: receipt && bytes && {name: receipt.name, bytes},
  });
  return {expenses: listExpenses(user.id).map(shown)};
});

export const removeExpense = withUser(z.string().max(100), async (user, id) => {
  // One that another tab has removed already is gone, as it was meant.
  deleteExpense({userId: user.id, id});
  return {expenses: listExpenses(user.id).map(shown)};
});
