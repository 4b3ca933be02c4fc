'use client';
import {useRef, useState} from 'react';
import type {Greet} from './actions.ts';

interface Props {
  apply: (greet: Greet, names: string[]) => Promise<string[]>;
  functions: Record<string, Greet>;
}

export function Converter({apply, functions}: Props) {
  const [texts, setTexts] = useState<string[]>([]);
  const latest = useRef<Greet>(undefined);

  async function convert(greet: Greet) {
    latest.current = greet;
    const answer = await apply(greet, ['Ada', 'Alan']);
    // The last click counts, and not the last answer.
    if (latest.current === greet) setTexts(answer);
  }

  return (
    <>
      <div className="buttons">
        {Object.entries(functions).map(([name, greet]) => (
          <button key={name} onClick={() => convert(greet)}>
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
