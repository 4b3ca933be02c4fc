import {AnswerEnds} from './answerEnds.ts';
import {
  ServerFunctionAbortedError,
  ServerFunctionNetworkError,
  ServerFunctionTimeoutError,
  type ServerFunctionRequestError,
} from './errors.ts';
import type {Answer} from './readAnswer.ts';
import {notFlight} from './unexpectedResponse.ts';

/**
 * The body of an answer, whose failures are of their own types. It ends when the signal is aborted,
 * whatever sent the request.
 *
 * When its stream closes, React rejects all that waits for more, with an error that says nothing; when its
 * stream fails, it does the same with the error of the stream (`reportGlobalError` in
 * react-server-dom-webpack-client.browser). So the stream fails wherever the answer does not say that it is
 * complete. To a result that is there as a whole, neither makes a difference.
 *
 * @param onBroken gets the error of an answer of which something is missing, unless it was aborted
 */
export function answerStream(
  {response, hasEndRow}: Answer,
  id: string,
  signal: AbortSignal | undefined,
  onBroken: (error: ServerFunctionRequestError) => void,
): ReadableStream<Uint8Array> {
  const reader = (response.body ?? emptyStream()).getReader();
  const ends = new AnswerEnds();
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
      const {value, cause} = await readNext(reader);
      if (signal?.aborted) return;
      if (value && ends.pass(value)) return controller.enqueue(value);
      stopListening();
      if (value) reader.cancel().catch(() => {});
      else if (ends.end === 'complete') return controller.close();
      const error = value ? notFlight(response, id) : missing(ends, response, id, cause);
      // A server other than the handler writes no last row, so all may have come.
      const mayBeComplete = !value && !hasEndRow && cause === undefined;
      if (!mayBeComplete) onBroken(error);
      controller.error(error);
    },
    cancel(reason) {
      stopListening();
      return reader.cancel(reason);
    },
  });
}

interface Part {
  /** Nothing at the end. */
  value?: Uint8Array;
  /** Why the connection broke. */
  cause?: unknown;
}

async function readNext(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Part> {
  try {
    const {value} = await reader.read();
    return value ? {value} : {};
  } catch (cause) {
    return {cause: cause ?? new TypeError('The connection broke.')};
  }
}

/** The error of what has not come. */
function missing(
  {end}: AnswerEnds,
  response: Response,
  id: string,
  cause: unknown,
): ServerFunctionRequestError {
  if (end === 'timeout') {
    return new ServerFunctionTimeoutError(
      `The result of the server function ${id} was not complete in the time that the server gives it.`,
      {id, code: 'timeout', response},
    );
  }
  return new ServerFunctionNetworkError(
    cause === undefined
      ? `The answer of the server function ${id} ended before its result was complete.`
      : `The connection broke before the result of the server function ${id} was complete.`,
    {id, code: 'network', cause},
  );
}

/** `Response.body` is null for an answer without a body. */
function emptyStream(): ReadableStream<Uint8Array> {
  return new ReadableStream({start: (controller) => controller.close()});
}
