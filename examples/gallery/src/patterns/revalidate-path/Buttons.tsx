'use client';
import {useState} from 'react';
import {change, changeAndShow} from './actions.ts';

export function Buttons() {
  const [result, setResult] = useState<number>();
  return (
    <>
      <div className="buttons">
        <button onClick={async () => setResult(await change())}>Change</button>
        <button onClick={async () => setResult(await changeAndShow())}>
          Change and revalidate
        </button>
      </div>
      <p>
        The call returned: <output>{result ?? 'nothing yet'}</output>
      </p>
    </>
  );
}
