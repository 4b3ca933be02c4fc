'use client';
import {useState} from 'react';
import {brew} from './actions.ts';

const drinks = ['Coffee', 'Tea', 'Cocoa'];

export function Bar() {
  const [ready, setReady] = useState<string[]>([]);
  const [seconds, setSeconds] = useState<number>();

  async function order() {
    const start = Date.now();
    setReady(await Promise.all(drinks.map((drink) => brew(drink))));
    setSeconds((Date.now() - start) / 1000);
  }

  return (
    <>
      <button onClick={order}>Order three drinks</button>
      <ul>
        {ready.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {seconds !== undefined && <p role="status">All after {seconds.toFixed(1)} s.</p>}
    </>
  );
}
