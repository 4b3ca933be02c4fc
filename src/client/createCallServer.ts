import {
  createFromReadableStream,
  createTemporaryReferenceSet,
  encodeReply,
} from 'react-server-dom-webpack/client';
import {findSourceMapURL} from './findSourceMapURL.ts';
import {readAnswer} from './readAnswer.ts';
import {ServerFunctionRequestError} from './errors.ts';

export interface CallServerOptions {
  /**
   * Where `createServerFunctionHandler` answers: its `endpoint`, or a whole URL.
   * @default '/rsc-action'
   */
  endpoint?: string | URL;
  /** Further headers of each call, or a function that gives them. */
  headers?: HeadersInit | ((id: string) => HeadersInit | Promise<HeadersInit>);
  /** @default globalThis.fetch, looked up at each call */
  fetch?: typeof globalThis.fetch;
}

/** Calls the server function `id`; what server references do when they are called in the browser. */
export type CallServer = (id: string, args: unknown[]) => Promise<unknown>;

/**
 * Makes a `callServer` for server references.
 *
 * The promise that it gives rejects with what the server function throws, with
 * {@link UnknownServerFunctionError} when the server does not have the function, and with
 * {@link ServerFunctionRequestError} when it could not be called.
 */
export function createCallServer(options: CallServerOptions = {}): CallServer {
  const {endpoint = '/rsc-action', headers} = options;
  return async function callServer(id, args) {
    const temporaryReferences = createTemporaryReferenceSet();
    const body = await encodeReply(args, {temporaryReferences});
    const requestHeaders = new Headers(typeof headers === 'function' ? await headers(id) : headers);
    requestHeaders.set('Accept', 'text/x-component');
    requestHeaders.set('X-Action-Id', encodeId(id));

    const response = await send(options.fetch ?? globalThis.fetch, endpoint, id, {
      method: 'POST',
      headers: requestHeaders,
      body,
    });
    return createFromReadableStream(await readAnswer(response, id), {
      callServer,
      temporaryReferences,
      findSourceMapURL,
    });
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  endpoint: string | URL,
  id: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(endpoint, init);
  } catch (cause) {
    throw new ServerFunctionRequestError(
      `The server function ${id} could not be called: there was no answer from ${endpoint}.`,
      {id, status: 0, code: 'network', cause},
    );
  }
}

/** Headers carry ASCII only. */
function encodeId(id: string): string {
  return /^[\x21-\x7e]+$/.test(id) ? id : encodeURIComponent(id);
}
