// `fetch` for servers with the certificate of the tests.
import {once} from 'node:events';
import http2 from 'node:http2';
import {request as sendTls} from 'node:https';
import {certificate} from './certificate.mjs';

/** By HTTP/1.1 over TLS. */
export async function fetchByHttp1(url, init) {
  const request = new Request(url, init);
  const message = sendTls(url, {
    method: request.method,
    ca: certificate.cert,
    headers: Object.fromEntries(request.headers),
  });
  message.end(Buffer.from(await request.arrayBuffer()));
  const [answer] = await once(message, 'response');
  const headers = new Headers();
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    headers.append(answer.rawHeaders[at], answer.rawHeaders[at + 1]);
  }
  return responseOf(answer, answer.statusCode, headers);
}

/**
 * By HTTP/2, with all requests on one connection.
 *
 * @param {string} origin
 * @param {{announcesLength?: boolean}} options
 */
export function http2Fetch(origin, {announcesLength = true} = {}) {
  const session = http2.connect(origin, {ca: certificate.cert});
  session.on('error', () => {});
  session.unref();
  return async (url, init) => {
    const request = new Request(url, init);
    const {pathname, search} = new URL(url);
    const body = Buffer.from(await request.arrayBuffer());
    const hasBody = request.method === 'POST';
    const head = {
      ...Object.fromEntries(request.headers),
      ':method': request.method,
      ':path': pathname + search,
      ...(hasBody && announcesLength && {'content-length': body.length}),
    };
    const stream = session.request(head, {endStream: !hasBody});
    if (hasBody) stream.end(body);
    const [answer] = await once(stream, 'response');
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer)) {
      if (!name.startsWith(':')) for (const one of [value].flat()) headers.append(name, one);
    }
    return responseOf(stream, answer[':status'], headers);
  };
}

/** Read by hand: a web stream of it would wait until the upload has ended as well. */
function responseOf(stream, status, headers) {
  if (status === 204 || status === 304) {
    stream.resume();
    return new Response(null, {status, headers});
  }
  const body = new ReadableStream({
    start(controller) {
      stream.on('data', (piece) => controller.enqueue(new Uint8Array(piece)));
      stream.on('end', () => controller.close());
      stream.on('error', (error) => controller.error(error));
    },
    cancel: () => void stream.destroy(),
  });
  return new Response(body, {status, headers});
}
