import {ServerFunctionAbortedError} from './errors.ts';

/** The result of the work, or a rejection as soon as the signal is aborted. */
export async function untilAborted<T>(
  id: string,
  signal: AbortSignal | undefined,
  work: Promise<T>,
): Promise<T> {
  if (!signal) return work;
  let stop!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(new ServerFunctionAbortedError(id, signal.reason));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, {once: true});
    stop = () => signal.removeEventListener('abort', abort);
  });
  try {
    // First, so that it wins over the error of a fetch that was aborted too.
    return await Promise.race([aborted, work]);
  } finally {
    stop();
  }
}
