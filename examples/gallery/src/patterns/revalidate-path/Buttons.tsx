'use client';
import {useRef, useState} from 'react';
import {change, changeAndShow} from './actions.ts';

export function Buttons() {
  const [result, setResult] = useState<number>();
  const latest = useRef(0);

  async function run(action: () => Promise<number>) {
    const call = ++latest.current;
    const answer = await action();
    // The last click counts, and not the last answer.
    if (call === latest.current) setResult(answer);
  }

  return (
    <>
      <div className="buttons">
        <button onClick={() => run(change)}>Change</button>
        <button onClick={() => run(changeAndShow)}>Change and revalidate</button>
      </div>
      <p>
        The call returned: <output>{result ?? 'nothing yet'}</output>
      </p>
    </>
  );
}
