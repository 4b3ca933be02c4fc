import {refusalText, type RequestError} from '../refusals.ts';

/** Milliseconds in which refusals of one kind are counted after the first has been logged. */
const INTERVAL = 60_000;
/** More kinds than the handler has; those of an app's own that are made up without end share one. */
const MAX_KINDS = 50;

/**
 * Logs refused requests so that requests cannot flood the log, or write into it: the first of each kind at
 * once, then a count for each minute in which there are more. A line holds status and code, and for
 * 403 what may be wrong, in which the request has no part.
 *
 * @param write writes one line
 */
export function createRefusalLog(write: (line: string) => void): (error: RequestError) => void {
  /** How many there were since the last line, for each kind that is being counted. */
  const counts = new Map<string, number>();

  function startCounting(kind: string): void {
    counts.set(kind, 0);
    const timer = setTimeout(() => stopCounting(kind), INTERVAL);
    // A process that has nothing else to do may end.
    (timer as {unref?(): void}).unref?.();
  }

  function stopCounting(kind: string): void {
    const count = counts.get(kind)!;
    counts.delete(kind);
    if (count === 0) return;
    write(
      `Refused ${count} more ${count === 1 ? 'request' : 'requests'} for a server function in the last ${INTERVAL / 1000} s: ${kind}`,
    );
    startCounting(kind);
  }

  return ({status, code}) => {
    const own = `${status} ${code}`;
    const kind = counts.has(own) || counts.size < MAX_KINDS ? own : 'other';
    const count = counts.get(kind);
    if (count !== undefined) return void counts.set(kind, count + 1);
    // As often a mistake in the set-up as an attack.
    const text = kind === own && status === 403 ? refusalText(code) : undefined;
    write(`Refused a request for a server function: ${kind}${text ? `. ${text}` : ''}`);
    startCounting(kind);
  };
}
