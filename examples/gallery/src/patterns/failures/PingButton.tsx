'use client';
import {useState} from 'react';
import {ping} from './actions.ts';

export function PingButton() {
  const [answer, setAnswer] = useState('none yet');

  async function send() {
    try {
      setAnswer(await ping());
    } catch {
      // Why, says the notice of the app: see app/FailureNotice.tsx.
      setAnswer('none');
    }
  }

  return (
    <>
      <button onClick={send}>Ping</button>
      <p>
        Answer: <output>{answer}</output>
      </p>
    </>
  );
}
