'use client';
import {useRef, useState} from 'react';
import {ServerFunctionAbortedError, withCallOptions} from 'use-server-webpack-plugin/client';
import {count, readLog} from './actions.ts';

export function Stopwatch() {
  const [state, setState] = useState('ready');
  const [log, setLog] = useState('not asked');
  const controller = useRef<AbortController>(undefined);

  async function start() {
    controller.current?.abort();
    const {signal} = (controller.current = new AbortController());
    try {
      const numbers = await withCallOptions({signal}, count)();
      for await (const number of numbers) setState(`counting: ${number}`);
    } catch (error) {
      if (!(error instanceof ServerFunctionAbortedError)) throw error;
      setState('stopped');
    }
  }

  return (
    <>
      <div className="buttons">
        <button onClick={start}>Start</button>
        <button onClick={() => controller.current?.abort()}>Stop</button>
        <button className="quiet" onClick={async () => setLog(await readLog())}>
          Ask the server
        </button>
      </div>
      <p>
        Here: <output>{state}</output>
      </p>
      <p>
        On the server: <output>{log}</output>
      </p>
    </>
  );
}
