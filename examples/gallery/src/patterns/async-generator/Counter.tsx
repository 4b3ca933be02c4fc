'use client';
import {useState} from 'react';
import {count} from './actions.ts';

export function Counter() {
  const [numbers, setNumbers] = useState<number[]>([]);

  async function start() {
    setNumbers([]);
    for await (const number of await count(5)) setNumbers((all) => [...all, number]);
  }

  return (
    <>
      <button onClick={start}>Count to five</button>
      <p>
        Counted: <output>{numbers.join(' ')}</output>
      </p>
    </>
  );
}
