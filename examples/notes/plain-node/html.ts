// HTML is made in a thread of its own. Server Components need a process with the condition
// "react-server", in which React has no useState and no react-dom/server; client components need
// the React without it. Between the two travels what also travels to the browser: a Flight stream.
import {Worker, type MessagePort} from 'node:worker_threads';
import type {PageRequest} from '../src/server/html.tsx';

let worker: Worker | undefined;

export interface HtmlRequest extends PageRequest {
  answer: MessagePort;
}

export type HtmlAnswer = {html: ReadableStream<Uint8Array>} | {error: string};

export function renderHtml(page: PageRequest): Promise<ReadableStream> {
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve, reject) => {
    const thread = currentWorker();
    const fail = (cause: unknown) =>
      reject(new Error('The thread that makes the HTML ended.', {cause}));
    thread.once('exit', fail);
    port1.addEventListener(
      'message',
      ({data}: MessageEvent<HtmlAnswer>) => {
        thread.off('exit', fail);
        port1.close();
        if ('html' in data) resolve(data.html);
        else reject(new Error(data.error));
      },
      {once: true},
    );
    port1.start();
    thread.postMessage({...page, answer: port2}, [page.flight, port2] as never);
  });
}

export function startHtmlThread(): void {
  currentWorker();
}

function currentWorker(): Worker {
  worker ??= new Worker(new URL('html-thread.js', import.meta.url), {
    execArgv: ['--enable-source-maps'],
  })
    .on('error', (error) => console.error('The thread that makes the HTML failed:', error))
    .on('exit', () => (worker = undefined));
  return worker;
}
