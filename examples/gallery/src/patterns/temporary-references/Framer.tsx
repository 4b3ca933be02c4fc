'use client';
import {useState, type ReactNode} from 'react';
import {frame} from './actions.tsx';

export function Framer() {
  const [framed, setFramed] = useState<ReactNode>();
  const [title] = useState('A counter');
  return (
    <>
      <button onClick={async () => setFramed(await frame(<Counter />, title))}>Frame it</button>
      {framed}
    </>
  );
}

function Counter() {
  const [count, setCount] = useState(0);
  return <button onClick={() => setCount(count + 1)}>Clicked {count} times</button>;
}
