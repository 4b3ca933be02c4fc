import type {Expense} from './expenses.ts';

/** What the browser gets of an expense. */
export interface ShownExpense {
  id: string;
  title: string;
  cents: number;
  receipt: string | undefined;
}

export function shown({id, title, cents, receipt}: Expense): ShownExpense {
  return {id, title, cents, receipt: receipt?.name};
}
