'use client';
import {useState, useTransition} from 'react';
import {brew} from './actions.ts';

const drinks = ['Coffee', 'Tea', 'Cocoa'];

export function Bar() {
  const [ready, setReady] = useState<string[]>([]);
  const [seconds, setSeconds] = useState<number>();
  const [isPending, startTransition] = useTransition();

  function order() {
    if (isPending) return;
    startTransition(async () => {
      const start = Date.now();
      const texts = await Promise.all(drinks.map((drink) => brew(drink)));
      startTransition(() => {
        setReady(texts);
        setSeconds((Date.now() - start) / 1000);
      });
    });
  }

  return (
    <>
      <button onClick={order} aria-disabled={isPending}>
        Order three drinks
      </button>
      <ul>
        {ready.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p role="status">
        {isPending ? 'Brewing' : seconds !== undefined && `All after ${seconds.toFixed(1)} s.`}
      </p>
    </>
  );
}
