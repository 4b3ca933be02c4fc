import {plainText} from './plainText.ts';
import {refusalAdvice} from './refusalAdvice.ts';
import {terminalStyles} from './terminal.ts';

/** Milliseconds after which the same refusal is explained again, and not only named. */
const INTERVAL = 60_000;
/** More kinds than the handler has; an app can make up further ones without end. */
const MAX_KINDS = 50;
const MAX_ID = 200;

/** A request that was refused. */
export interface Refused {
  status: number;
  code: string;
  /** What the client may read. */
  message: string;
}

/**
 * Makes what tells of refused requests in development: which check refused, and what to write to make the
 * request pass. Each refusal has a line; the first of its kind in a minute is explained.
 */
export function createRefusalReports(): (refused: Refused, id: string | undefined) => void {
  const explained = new Map<string, number>();
  return ({status, code, message}, id) => {
    const styles = terminalStyles();
    const what = id === undefined ? 'a request for a server function' : `a call of ${oneLine(id)}`;
    const head = styles.name(`Refused ${what}: ${status} ${code}`);
    const time = Date.now();
    const last = explained.get(code);
    if (last !== undefined && time - last < INTERVAL) return console.warn(head);
    if (explained.size >= MAX_KINDS) explained.clear();
    explained.set(code, time);
    const lines = [plainText(message), refusalAdvice(code)].filter(Boolean).join('\n');
    console.warn(`${head}\n${lines.replaceAll(/^/gm, '  ')}\n`);
  };
}

/** It may come from the request. */
function oneLine(id: string): string {
  const text = plainText(id).replaceAll(/\s/g, ' ');
  return text.length > MAX_ID ? `${text.slice(0, MAX_ID)}…` : text;
}
