'use client';
import {useRef, useState, type ReactNode} from 'react';
import {describe} from './actions.tsx';

export function Planets() {
  const [description, setDescription] = useState<ReactNode>();
  const latest = useRef<string>(undefined);

  async function show(planet: 'Mercury' | 'Venus') {
    latest.current = planet;
    const answer = await describe(planet);
    // The last click counts, and not the last answer.
    if (latest.current === planet) setDescription(answer);
  }

  return (
    <>
      <div className="buttons">
        <button onClick={() => show('Mercury')}>Mercury</button>
        <button onClick={() => show('Venus')}>Venus</button>
      </div>
      <div aria-live="polite">{description}</div>
    </>
  );
}
