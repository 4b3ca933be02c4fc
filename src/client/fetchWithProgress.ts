/** How much of a request has been sent. */
export interface UploadProgress {
  /** Bytes that have been sent. */
  loaded: number;
  /** Bytes that there are; `undefined` when that is not known. */
  total: number | undefined;
}

/**
 * A `fetch` that tells how much of the body has been sent, which the browser's own cannot. It uses
 * `XMLHttpRequest`; the answer streams as with `fetch`. For one call:
 *
 *     await withCallOptions({fetch: fetchWithProgress(show)}, upload)(form);
 *
 * The whole answer stays in memory until its end, and a body cannot be a stream.
 *
 * @param onProgress called several times a second, and once at the end of the body
 */
export function fetchWithProgress(
  onProgress: (progress: UploadProgress) => void,
): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const request = input instanceof Request ? input : undefined;
    const method = init.method ?? request?.method ?? 'GET';
    const headers = new Headers(init.headers ?? request?.headers);
    const body = init.body ?? (request?.body ? await request.blob() : null);
    if (body instanceof ReadableStream) {
      throw new TypeError('fetchWithProgress cannot send a stream. Give it a Blob.');
    }
    const signal = init.signal ?? request?.signal;
    signal?.throwIfAborted();

    const xhr = new XMLHttpRequest();
    xhr.open(method, input instanceof Request ? input.url : input);
    xhr.withCredentials = (init.credentials ?? request?.credentials) === 'include';
    headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    // One character for each byte, so that no character is cut in two where the answer is read.
    xhr.overrideMimeType('text/plain; charset=x-user-defined');
    xhr.upload.onprogress = ({loaded, total, lengthComputable}) =>
      onProgress({loaded, total: lengthComputable ? total : undefined});

    const url = new URL(input instanceof Request ? input.url : input, location.href).href;
    const response = responseOf(xhr, signal, url);
    xhr.send(body);
    return response;
  };
}

/** Statuses whose answers have no body. */
const WITHOUT_BODY = new Set([204, 205, 304]);

function responseOf(
  xhr: XMLHttpRequest,
  signal: AbortSignal | undefined,
  url: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let read = 0;
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start: (own) => void (controller = own),
      cancel: () => xhr.abort(),
    });
    const abort = () => xhr.abort();
    const enqueueNew = () => {
      const text = xhr.responseText.slice(read);
      read += text.length;
      if (text !== '') controller.enqueue(Uint8Array.from(text, (c) => c.charCodeAt(0) & 0xff));
    };
    const fail = (error: unknown) => {
      reject(error);
      controller.error(error);
    };

    xhr.onreadystatechange = () => {
      if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED)
        resolve(newResponse(xhr, stream, url));
      else if (xhr.readyState === XMLHttpRequest.LOADING) enqueueNew();
    };
    xhr.onprogress = enqueueNew;
    xhr.onload = () => {
      enqueueNew();
      controller.close();
    };
    xhr.onerror = () => fail(new TypeError('Failed to fetch'));
    xhr.onabort = () => fail(signal?.reason ?? new DOMException('Aborted', 'AbortError'));
    xhr.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort, {once: true});
  });
}

function newResponse(
  xhr: XMLHttpRequest,
  body: ReadableStream<Uint8Array>,
  requestedUrl: string,
): Response {
  const {status, statusText, responseURL} = xhr;
  const headers = new Headers();
  for (const line of xhr.getAllResponseHeaders().trim().split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  const init = {status, statusText, headers};
  const response = new Response(WITHOUT_BODY.has(status) ? null : body, init);
  // Where a redirect led: `XMLHttpRequest` follows each, and tells of them by this alone.
  const redirected = responseURL !== requestedUrl.replace(/#.*/s, '');
  return Object.defineProperties(response, {
    url: {value: responseURL},
    redirected: {value: redirected},
  });
}
