import {ServerFunctionAbortedError, ServerFunctionNetworkError} from './errors.ts';

/**
 * The body of an answer, whose failures are of their own types. It ends when the signal is aborted,
 * whatever sent the request.
 */
export function answerStream(
  body: ReadableStream<Uint8Array>,
  id: string,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let stopListening = () => {};
  return new ReadableStream({
    start(controller) {
      const abort = () => {
        controller.error(new ServerFunctionAbortedError(id, signal!.reason));
        reader.cancel(signal!.reason).catch(() => {});
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, {once: true});
      stopListening = () => signal?.removeEventListener('abort', abort);
    },
    async pull(controller) {
      try {
        const {done, value} = await reader.read();
        if (!done) return controller.enqueue(value);
        stopListening();
        controller.close();
      } catch (cause) {
        stopListening();
        controller.error(brokenAnswer(id, signal, cause));
      }
    },
    cancel(reason) {
      stopListening();
      return reader.cancel(reason);
    },
  });
}

function brokenAnswer(id: string, signal: AbortSignal | undefined, cause: unknown): Error {
  if (signal?.aborted) return new ServerFunctionAbortedError(id, signal.reason);
  return new ServerFunctionNetworkError(
    `The connection broke before the result of the server function ${id} was complete.`,
    {id, status: 0, code: 'network', cause},
  );
}
