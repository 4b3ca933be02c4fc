'use client';
import {useEffect, useRef, useState} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {recite} from './actions.ts';

export function Reader() {
  const [text, setText] = useState('');
  const [state, setState] = useState('');
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function read() {
    // A second click ends the first reading, on the server too.
    running.current?.abort();
    const {signal} = (running.current = new AbortController());
    setText('');
    setState('Reciting');
    try {
      const reader = (await withCallOptions({signal}, recite)()).getReader();
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        if (signal.aborted) return;
        const {value} = chunk;
        setText((current) => current + value);
      }
      setState('Done');
    } catch {
      if (!signal.aborted) setState('The reading broke off.');
    }
  }

  return (
    <>
      <button onClick={read}>Recite</button>
      <blockquote>{text}</blockquote>
      <p role="status">{state}</p>
    </>
  );
}
