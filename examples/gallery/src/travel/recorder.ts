// Keeps the last call and its answer, for the panel "What travelled". It only looks on.
import {useSyncExternalStore} from 'react';
import {telling, type Exchange, type Part} from './exchange.ts';
import {partsOfForm} from './partsOfForm.ts';
import {RowReader} from './rowReader.ts';
import {readable} from './value.ts';

let last: Exchange | undefined;
const listeners = new Set<() => void>();

export const useLastExchange = (): Exchange | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => last,
    () => undefined,
  );

/** A `fetch` that tells what it sends and gets. */
export const recorded =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  async (input, init) => {
    const note = begin(input instanceof Request ? input.url : input.toString(), init);
    try {
      const response = await fetch(input, init);
      void followAnswer(response.clone(), note);
      return response;
    } catch (error) {
      const how = init?.signal?.aborted ? 'stopped by the page' : 'no answer';
      note((_, at) => ({end: {how, at}}));
      throw error;
    }
  };

type Change = (exchange: Exchange, at: number) => Partial<Exchange>;

/** Shows a new exchange, and gives what changes it. */
function begin(path: string, init: RequestInit = {}): (change: Change) => void {
  const start = performance.now();
  let current: Exchange = {
    method: init.method ?? 'GET',
    path,
    headers: telling(new Headers(init.headers)),
    body: partsOf(init.body),
  };
  show(current);
  return (change) => {
    const at = Math.round(performance.now() - start);
    const next = {...current, ...change(current, at)};
    // Another call may have begun meanwhile.
    if (last === current) show(next);
    current = next;
  };
}

async function followAnswer(
  {status, headers, body}: Response,
  note: (change: Change) => void,
): Promise<void> {
  note(() => ({answer: {status, headers: telling(headers), rows: []}}));
  const isFlight = headers.get('content-type')?.startsWith('text/x-component');
  const rows = new RowReader();
  const reader = body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const {value} = part;
      note(({answer}, at) => {
        const more = isFlight ? rows.read(value, at) : [rawRow(value, at)];
        return {answer: {...answer!, rows: [...answer!.rows, ...more]}};
      });
    }
    note((_, at) => ({end: {how: 'complete', at}}));
  } catch {
    note((_, at) => ({end: {how: 'broken off', at}}));
  }
}

function rawRow(bytes: Uint8Array, at: number) {
  const value = readable(new TextDecoder().decode(bytes));
  return {at, id: '', note: 'the answer as it is', value};
}

/** What `encodeReply` has made of the arguments. */
function partsOf(body: RequestInit['body']): Part[] {
  if (typeof body === 'string') return partsOfText(body);
  return body instanceof FormData ? partsOfForm(body) : [];
}

function partsOfText(text: string): Part[] {
  return [{name: 'arguments', note: 'what the function is called with', value: readable(text)}];
}

function show(exchange: Exchange): void {
  last = exchange;
  for (const listener of listeners) listener();
}
