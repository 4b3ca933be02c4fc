'use client';
import {useActionState} from 'react';
import {FormGuard} from '../../app/FormGuard.tsx';
import {findOrder} from './actions.ts';

export function OrderForm() {
  const [order, action] = useActionState(findOrder, '');
  return (
    <form action={action}>
      <label>
        Number of the order
        <input name="number" defaultValue="7" inputMode="numeric" autoComplete="off" />
      </label>
      <button>Find</button>
      <FormGuard />
      {order && <p role="status">It is {order}.</p>}
    </form>
  );
}
