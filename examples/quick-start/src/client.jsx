import {Suspense, use, useActionState} from 'react';
import {createRoot} from 'react-dom/client';
import {listGuests, sign} from './actions.js';

const firstGuests = listGuests();

function GuestBook() {
  const [{guests, error}, action, isPending] = useActionState((_, form) => sign(form.get('name')), {
    guests: use(firstGuests),
  });
  return (
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
  );
}

createRoot(document.getElementById('root')).render(
  <Suspense fallback="Opening the book">
    <GuestBook />
  </Suspense>,
);
