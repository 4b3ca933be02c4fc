'use client';
import {useState, type ReactNode} from 'react';
import {describe} from './actions.tsx';

export function Planets() {
  const [description, setDescription] = useState<ReactNode>();
  return (
    <>
      <div className="buttons">
        <button onClick={async () => setDescription(await describe('Mercury'))}>Mercury</button>
        <button onClick={async () => setDescription(await describe('Venus'))}>Venus</button>
      </div>
      <div aria-live="polite">{description}</div>
    </>
  );
}
