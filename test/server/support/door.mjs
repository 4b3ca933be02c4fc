// The two doors of the handler behind one function, so that the same cases run through each: with
// TEST_DOOR=node through createNodeHandler on a server of node:http, over connections that are kept alive.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {Agent, createServer, request as send} from 'node:http';
import {Readable} from 'node:stream';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';

export const isNodeDoor = process.env.TEST_DOOR === 'node';

/**
 * Makes a handler of web requests by either door.
 *
 * @param {object} options of `createServerFunctionHandler`; `render` and `renderError` get a web `Request`
 * @returns {(request: Request) => Promise<Response | null>}
 */
export const createHandler = isNodeDoor ? createOnNode : createServerFunctionHandler;

const {createNodeHandler} = isNodeDoor ? await import('use-server-webpack-plugin/node') : {};
const agent = new Agent({keepAlive: true});
/** In an answer of the app behind the handler. */
const LEFT = 'x-left-to-app';
/** By which the server knows a request of this client. */
const NUMBER = 'x-number';

function createOnNode(options) {
  const handler = createNodeHandler({...options, ...nodePages(options)});
  const closed = new Map();
  const server = createServer((request, response) => {
    response.on('close', () => closed.get(request.headers[NUMBER])?.());
    return handler(request, response, (error) => {
      response.writeHead(error ? 500 : 200, {[LEFT]: error?.message ?? 'unread'});
      response.flushHeaders();
      request.on('error', () => response.destroy()).pipe(response);
    });
  });
  server.listen(0, '127.0.0.1');
  const listening = once(server, 'listening');
  server.unref();
  // What a case leaves open does not keep the process alive.
  server.on('connection', (socket) => socket.unref());
  let count = 0;
  return async (request) => {
    await listening;
    // As fetch() itself does.
    if (request.signal.aborted) throw request.signal.reason;
    const number = String(count++);
    const gone = new Promise((resolve) => closed.set(number, resolve));
    return exchange(request, {port: server.address().port, number, gone});
  };
}

/** The pages of the cases are web responses. */
function nodePages({render, renderError}) {
  const written = (page) =>
    typeof page !== 'function'
      ? page
      : async (request, response, context) => {
          const {status, headers, body} = await page(webRequest(request), context);
          if (status !== 200) response.statusCode = status;
          for (const [name, value] of headers) response.appendHeader(name, value);
          response.end(body && Buffer.from(await new Response(body).arrayBuffer()));
        };
  return {
    ...(render && {render: written(render)}),
    ...(renderError && {renderError: written(renderError)}),
  };
}

function webRequest({headers, url, method}) {
  return new Request(`http://${headers.host}${url}`, {method, headers});
}

/** @param connection.gone once the server knows that this client has its answer, or has gone away */
async function exchange(request, {port, number, gone}) {
  const {host, pathname, search} = new URL(request.url);
  const message = send({
    agent,
    port,
    host: '127.0.0.1',
    method: request.method,
    path: pathname + search,
    headers: {host, ...Object.fromEntries(request.headers), [NUMBER]: number},
  });
  const leave = async () => {
    message.destroy();
    await gone;
    await new Promise(setImmediate);
  };
  const answered = once(message, 'response').catch((error) => {
    if (!request.signal.aborted) throw error;
    return aborted;
  });
  let onAbort;
  const aborted = new Promise((resolve) => (onAbort = () => void leave().then(resolve)));
  request.signal.addEventListener('abort', onAbort);
  sendBody(request.body, message);
  const [answer] = (await Promise.race([answered, aborted])) ?? [];
  // Not seen by any client that has gone away.
  if (!answer) return new Response('The client has gone away.', {status: 499});
  answer.on('end', () => message.writableFinished || message.destroy());
  answer.on('close', () => request.signal.removeEventListener('abort', onAbort));
  if (!(LEFT in answer.headers)) return webResponse(answer, leave);
  assert.equal(answer.headers[LEFT], 'unread');
  giveBack(request, answer);
  return null;
}

function sendBody(body, message) {
  message.on('error', () => {}).on('socket', (socket) => socket.unref());
  if (!body) return void message.end();
  message.flushHeaders();
  Readable.fromWeb(body)
    .on('error', () => message.destroy())
    .pipe(message);
}

/** @param leave called when the answer is read no further */
function webResponse(answer, leave) {
  const {statusCode: status, rawHeaders} = answer;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at], rawHeaders[at + 1]);
  }
  const pieces = answer[Symbol.asyncIterator]();
  const body = new ReadableStream(
    {
      async pull(controller) {
        const {done, value} = await next(pieces, leave);
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      },
      cancel: leave,
    },
    {highWaterMark: 0},
  );
  return new Response(status === 204 ? null : body, {status, headers});
}

async function next(pieces, leave) {
  try {
    return await pieces.next();
  } catch (error) {
    await leave();
    throw error;
  }
}

/** Lets the request be read as the app has received it. */
function giveBack(request, answer) {
  const received = () => webResponse(answer).arrayBuffer();
  const asText = async () => new TextDecoder().decode(await received());
  const headers = {'Content-Type': request.headers.get('content-type') ?? ''};
  const asForm = async () => new Response(await received(), {headers}).formData();
  Object.defineProperties(request, {
    bodyUsed: {value: false},
    arrayBuffer: {value: received},
    text: {value: asText},
    formData: {value: asForm},
  });
}
