'use client';
import {useOptimistic, useRef, useState} from 'react';
import {readText} from '../../form.ts';

interface Props {
  messages: string[];
  send: (text: string) => Promise<void>;
}

export function Thread({messages, send}: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [unsent, setUnsent] = useState<string>();
  const [shown, addMessage] = useOptimistic(
    messages.map((text) => ({text, sending: false})),
    (current, text: string) => [...current, {text, sending: true}],
  );

  async function submit(form: FormData) {
    const text = readText(form, 'text');
    addMessage(text);
    // Free for the next message. So a second Enter sends nothing.
    field.current!.value = '';
    try {
      await send(text);
      setUnsent(undefined);
    } catch {
      setUnsent(text);
    }
  }

  return (
    <>
      <ul aria-live="polite">
        {shown.map(({text, sending}, i) => (
          <li key={i}>
            {text} {sending && <small>(sending)</small>}
          </li>
        ))}
      </ul>
      {/* The field is empty already: React's reset would take what is typed meanwhile. */}
      <form action={submit} onReset={(event) => event.preventDefault()}>
        <label>
          Message
          <input ref={field} name="text" required autoComplete="off" />
        </label>
        <button>Send</button>
      </form>
      {unsent !== undefined && <p role="alert">“{unsent}” was not sent.</p>}
    </>
  );
}
