'use client';

import {useActionState, useEffect, useRef, useState} from 'react';
import {sign} from './actions.js';

export function GuestBook({firstGuests, greet}) {
  const [state, action, isPending] = useActionState(sign, {guests: firstGuests});
  const [greeting, greetAction, isGreeting] = useActionState(greet, '');
  const {guests, signed, error} = state;
  const [name, setName] = useState(state.name ?? '');
  const field = useRef();

  useEffect(() => {
    if (state.error) field.current.focus();
    // What was typed while the call was pending stays.
    setName((typed) => (typed.trim() === state.signed ? '' : typed));
  }, [state]);

  return (
    <>
      <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
        <ul>
          {guests.map((guest) => (
            <li key={guest}>{guest}</li>
          ))}
        </ul>
        <label htmlFor="name">Your name</label>
        <input
          id="name"
          name="name"
          ref={field}
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="name"
          aria-invalid={Boolean(error)}
          aria-describedby="error"
        />
        <p id="error" role="alert">
          {error}
        </p>
        <button aria-disabled={isPending}>Sign the guest book</button>
        <p role="status">{isPending ? 'Signing' : signed && `Thank you, ${signed}.`}</p>
      </form>
      <form action={greetAction} onSubmit={(event) => isGreeting && event.preventDefault()}>
        <button aria-disabled={isGreeting}>Greet the newest guest</button>
        <p role="status">{greeting}</p>
      </form>
    </>
  );
}
