import {Suspense, use, useActionState, useRef, useState} from 'react';
import {createRoot} from 'react-dom/client';
import {listGuests, sign} from './actions.js';

// A call rejects when the network is lost, and when the server has another build by now.
const failed = (guests) => ({guests, error: 'That did not work. Try again, or reload the page.'});
const first = listGuests().then(
  (guests) => ({guests}),
  () => failed([]),
);

function GuestBook() {
  const [name, setName] = useState('');
  const field = useRef();
  const [{guests, error, thanks}, submit, isPending] = useActionState(async ({guests}, sent) => {
    const answer = await sign(sent).catch(() => failed(guests));
    if (answer.error) field.current.focus();
    // What was typed meanwhile stays.
    else setName((typed) => (typed === sent ? '' : typed));
    return answer;
  }, use(first));

  return (
    <form action={() => (isPending ? undefined : submit(name))}>
      <h1>Guest book</h1>
      <ul>
        {[...guests].map((guest) => (
          <li key={guest}>{guest}</li>
        ))}
      </ul>
      <label htmlFor="name">Your name</label>
      <input
        id="name"
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
      <p role="status">{isPending ? 'Signing' : thanks}</p>
    </form>
  );
}

createRoot(document.getElementById('root')).render(
  <Suspense fallback="Opening the book">
    <GuestBook />
  </Suspense>,
);
