'use client';
import {useEffect, useRef, useState} from 'react';
import {withCallOptions} from 'use-server-webpack-plugin/client';
import {count, readLog} from './actions.ts';

export function Stopwatch() {
  const [state, setState] = useState('ready');
  const [log, setLog] = useState('not asked');
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  async function start() {
    controller.current?.abort();
    const {signal} = (controller.current = new AbortController());
    setState('starting');
    try {
      for await (const number of await withCallOptions({signal}, count)()) {
        if (signal.aborted) return;
        setState(`counting: ${number}`);
      }
    } catch {
      if (!signal.aborted) setState('broken off');
    }
  }

  function stop() {
    controller.current?.abort();
    setState('stopped');
  }

  return (
    <>
      <div className="buttons">
        <button onClick={start}>Start</button>
        <button onClick={stop}>Stop</button>
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
