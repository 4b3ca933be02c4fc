'use client';
import {useState} from 'react';
import type {Greet} from './actions.ts';

interface Props {
  apply: (greet: Greet, names: string[]) => Promise<string[]>;
  functions: Record<string, Greet>;
}

export function Converter({apply, functions}: Props) {
  const [texts, setTexts] = useState<string[]>([]);
  return (
    <>
      <div className="buttons">
        {Object.entries(functions).map(([name, greet]) => (
          <button key={name} onClick={async () => setTexts(await apply(greet, ['Ada', 'Alan']))}>
            {name}
          </button>
        ))}
      </div>
      <ul aria-live="polite">
        {texts.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}
