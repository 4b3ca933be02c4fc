export interface Expense {
  /** Made by the browser, so that a call that is sent again adds nothing twice. */
  id: string;
  userId: string;
  title: string;
  cents: number;
  receipt: {name: string; bytes: Uint8Array} | undefined;
}

/** Your database. The id is its key, for each user. */
const expenses = new Map<string, Expense>();
const keyOf = ({userId, id}: Pick<Expense, 'userId' | 'id'>) => `${userId} ${id}`;

export function listExpenses(userId: string): Expense[] {
  return [...expenses.values()].filter((expense) => expense.userId === userId);
}

export function insertExpense(expense: Expense): void {
  if (!expenses.has(keyOf(expense))) expenses.set(keyOf(expense), expense);
}

/** @returns whether it was there */
export function deleteExpense(expense: Pick<Expense, 'userId' | 'id'>): boolean {
  return expenses.delete(keyOf(expense));
}

for (const [userId, title, cents] of [
  ['ada', 'Train to London', 2450],
  ['ada', 'Punched cards', 1299],
  ['grace', 'Nanoseconds, 30 cm each', 400],
] as const) {
  insertExpense({id: title, userId, title, cents, receipt: undefined});
}
