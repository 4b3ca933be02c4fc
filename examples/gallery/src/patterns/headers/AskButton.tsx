'use client';
import {useState} from 'react';

export function AskButton({ask}: {ask: () => Promise<string>}) {
  const [answer, setAnswer] = useState('');
  return (
    <>
      <button onClick={async () => setAnswer(await ask())}>Where do I call from?</button>
      {answer && <p role="status">{answer}</p>}
    </>
  );
}
