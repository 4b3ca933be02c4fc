'use client';

import {useActionState} from 'react';
import {sign} from './actions.js';

export function GuestBook({firstGuests, greet}) {
  const [{guests, error}, action, isPending] = useActionState(sign, {guests: firstGuests});
  const [greeting, greetAction] = useActionState(greet, '');
  return (
    <>
      <form action={action}>
        <ul>
          {guests.map((guest, i) => (
            <li key={i}>{guest}</li>
          ))}
        </ul>
        <input name="name" aria-label="Your name" />
        <button disabled={isPending}>Sign the guest book</button>
        {error && <p role="alert">{error}</p>}
      </form>
      <form action={greetAction}>
        <button>Greet the newest guest</button>
        <output>{greeting}</output>
      </form>
    </>
  );
}
