import {renderToReadableStream} from 'react-server-dom-webpack/server';
import type {RequestError} from './errors.ts';
import type {TemporaryReferences} from './temporaryReferences.ts';

export interface RenderContext {
  /** For the client components in the result. */
  clientManifest: object;
  temporaryReferences: TemporaryReferences;
  /** Of the request: aborted when the client is gone. */
  signal: AbortSignal;
  /** Gives the digest of an error in the result. */
  onError(error: unknown): string;
}

/** The result of a call, streamed: promises and iterables in it go on after the head is sent. */
export function resultResponse(result: unknown, context: RenderContext): Response {
  return flightResponse(200, result, context);
}

/** The call rejected: so will the caller's promise. */
export function rejectionResponse(error: unknown, context: RenderContext): Response {
  return flightResponse(500, rejected(error), context);
}

/** A request that was refused. */
export function refusalResponse(error: RequestError): Response {
  return new Response(error.message, {
    status: error.status,
    headers: {...textHeaders(), ...error.headers, 'X-Action-Error': error.code},
  });
}

/** Something of the server's own failed where no Flight answer is expected. */
export function failureResponse(error: unknown, digest: string): Response {
  const text =
    process.env['NODE_ENV'] === 'production'
      ? `The server function failed. Digest: ${digest}`
      : describe(error);
  return new Response(text, {
    status: 500,
    headers: {...textHeaders(), 'X-Action-Error': 'server-function-failed'},
  });
}

/** Shows the page again after a form was posted, so that a reload does not post it twice. */
export function seeSamePage(request: Request): Response {
  const {pathname, search} = new URL(request.url);
  // `//host` would leave the site.
  const path = pathname.startsWith('//') ? `/.${pathname}` : pathname;
  return new Response(null, {
    status: 303,
    headers: {Location: path + search, 'Cache-Control': 'no-store'},
  });
}

function flightResponse(status: number, model: unknown, context: RenderContext): Response {
  let gone = false;
  const stream = renderToReadableStream(model, context.clientManifest, {
    temporaryReferences: context.temporaryReferences,
    signal: context.signal,
    // What React reports because nobody reads any more is not an error of the result.
    onError: (error) => (gone || context.signal.aborted ? '' : context.onError(error)),
  });
  const body = onCancel(stream, () => (gone = true));
  return new Response(body as BodyInit, {
    status,
    headers: {
      'Content-Type': 'text/x-component',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // For a client of the other mode, which could not read the stream.
      ...(process.env['NODE_ENV'] === 'production' ? {} : {'X-Action-Mode': 'development'}),
    },
  });
}

/** React looks at it a moment later; until then Node would take it for unhandled. */
function rejected(reason: unknown): Promise<never> {
  const promise = Promise.reject(reason);
  promise.catch(() => {});
  return promise;
}

function onCancel(
  stream: ReadableStream<Uint8Array>,
  cancelled: () => void,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const {done, value} = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        cancelled();
        return reader.cancel(reason);
      },
    },
    {highWaterMark: 0},
  );
}

function textHeaders(): Record<string, string> {
  return {
    'Content-Type': 'text/plain;charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
