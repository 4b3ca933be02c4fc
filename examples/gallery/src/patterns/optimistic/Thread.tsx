'use client';
import {useOptimistic} from 'react';
import {readText} from '../../form.ts';

interface Props {
  messages: string[];
  send: (text: string) => Promise<void>;
}

export function Thread({messages, send}: Props) {
  const [shown, addMessage] = useOptimistic(
    messages.map((text) => ({text, sending: false})),
    (current, text: string) => [...current, {text, sending: true}],
  );

  async function submit(form: FormData) {
    const text = readText(form, 'text');
    addMessage(text);
    await send(text);
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
      <form action={submit}>
        <label>
          Message
          <input name="text" required autoComplete="off" />
        </label>
        <button>Send</button>
      </form>
    </>
  );
}
