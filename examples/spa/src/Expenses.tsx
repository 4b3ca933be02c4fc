import {startTransition, useActionState, useOptimistic, useRef} from 'react';
import {addExpense, removeExpense} from '../server/functions/expenses.ts';
import {signOut, type OpenedApp} from '../server/functions/session.ts';
import type {ShownExpense} from '../server/shown.ts';
import {NewExpense, type Draft} from './NewExpense.tsx';
import {toMistakes, type Mistakes} from './mistakes.ts';

interface Listed extends ShownExpense {
  isSending?: boolean;
}

interface State {
  expenses: Listed[];
  /** What was done, for those who do not see it. */
  said: string;
}

interface Props {
  opened: OpenedApp;
  onSignedOut: () => void;
}

const money = new Intl.NumberFormat('en', {style: 'currency', currency: 'EUR'});

export function Expenses({opened: {user, expenses}, onSignedOut}: Props) {
  // One change after the other, so that an older list never replaces a newer one.
  const [state, run] = useActionState(
    (before: State, change: (before: State) => Promise<State>) => change(before),
    {expenses, said: ''},
  );
  const [shown, setShown] = useOptimistic<Listed[]>(state.expenses);
  const list = useRef<HTMLUListElement>(null);
  const total = shown.reduce((sum, {cents}) => sum + cents, 0);

  /** @returns what is wrong, if anything is */
  function add(draft: Draft): Promise<Mistakes> {
    return new Promise((resolve) => {
      startTransition(() => {
        const {id, title, receipt} = draft;
        const cents = Math.round(Number(draft.amount.replace(',', '.')) * 100) || 0;
        setShown((all) => [...all, {id, title, cents, receipt: receipt?.name, isSending: true}]);
        run(async (before) => {
          const answer = await addExpense(draft).catch(toMistakes);
          resolve('errors' in answer ? answer.errors : {});
          return 'errors' in answer ? before : {...answer, said: `${title} is added.`};
        });
      });
    });
  }

  function remove({id, title}: Listed, index: number) {
    const buttons = list.current?.querySelectorAll('button') ?? [];
    // The button goes with its line, and the focus would go with it.
    (buttons[index + 1] ?? buttons[index - 1])?.focus();
    startTransition(() => {
      setShown((all) => all.filter((expense) => expense.id !== id));
      run(async (before) => {
        const answer = await removeExpense(id).catch(toMistakes);
        if ('errors' in answer) return {...before, said: `${title} was not removed.`};
        return {...answer, said: `${title} is removed.`};
      });
    });
  }

  async function leave() {
    await signOut();
    onSignedOut();
  }

  return (
    <main>
      <header className="row">
        <h1>Expenses</h1>
        <p className="soft">{user.name}</p>
        <button onClick={() => void leave().catch(() => {})}>Sign out</button>
      </header>
      <div className="columns">
        <section className="card" aria-labelledby="list">
          <h2 id="list">
            Yours <span className="total">{money.format(total / 100)}</span>
          </h2>
          {shown.length === 0 && <p className="soft">Nothing yet.</p>}
          <ul ref={list}>
            {shown.map((expense, index) => (
              <li key={expense.id} className={expense.isSending ? 'sending' : undefined}>
                <span className="title">
                  {expense.title}
                  {expense.receipt && <small>{expense.receipt}</small>}
                  {expense.isSending && <small>Being sent</small>}
                </span>
                <span>{money.format(expense.cents / 100)}</span>
                <button
                  className="plain"
                  aria-label={`Remove ${expense.title}`}
                  aria-disabled={expense.isSending ?? false}
                  onClick={() => expense.isSending || remove(expense, index)}
                >
                  Remove
                </button>
              </li>
            ))}
          </ul>
          <p className="soft" role="status">
            {state.said}
          </p>
        </section>
        <section className="card" aria-labelledby="new">
          <h2 id="new">New expense</h2>
          <NewExpense onAdd={add} />
        </section>
      </div>
    </main>
  );
}
