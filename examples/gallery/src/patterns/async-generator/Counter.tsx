'use client';
import {useEffect, useRef, useState} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {count} from './actions.ts';

export function Counter() {
  const [numbers, setNumbers] = useState<number[]>([]);
  const [state, setState] = useState('');
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function start() {
    // A second click ends the first count, on the server too.
    running.current?.abort();
    const {signal} = (running.current = new AbortController());
    setNumbers([]);
    setState('Counting');
    try {
      for await (const number of await withCallOptions({signal}, count)(5)) {
        if (signal.aborted) return;
        setNumbers((all) => [...all, number]);
      }
      setState('Done');
    } catch {
      if (!signal.aborted) setState('The count broke off.');
    }
  }

  return (
    <>
      <button onClick={start}>Count to five</button>
      <p>
        Counted: <output>{numbers.join(' ')}</output>
      </p>
      <p role="status">{state}</p>
    </>
  );
}
