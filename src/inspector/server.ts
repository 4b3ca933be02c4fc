import {randomUUID} from 'node:crypto';
import {createServer, type IncomingMessage, type Server, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import type {Calls} from './calls.ts';
import {isKey, isLocal, isNavigation, isOwnPage, type GuardedRequest} from './guard.ts';
import {handOverProof, inspectorProof, readHandOver, readQuestion} from './handOver.ts';
import {inspectorPage, pageModule, PAGE_POLICY} from './pageFiles.ts';
import type {Message} from './record.ts';
import {repeat} from './repeat.ts';

const HOST = '127.0.0.1';

const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': PAGE_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** Another program, or another inspector, listens there. */
export class PortTaken extends Error {}

/** Serves the page of the inspector, and what it asks for, to this machine alone. */
export class InspectorServer {
  readonly #key: string;
  readonly #calls: Calls;
  readonly #id = randomUUID();
  readonly #server: Server;

  constructor(key: string, calls: Calls) {
    this.#key = key;
    this.#calls = calls;
    this.#server = createServer((request, response) => this.#receive(request, response));
    // A program that has nothing else to do may end.
    this.#server.on('connection', (socket) => socket.unref());
    this.#server.unref();
    // For `src/development/reportAddress.ts`: this is not the server of the app.
    Object.defineProperty(this.#server, Symbol.for('use-server-webpack-plugin.inspector'), {
      value: true,
    });
  }

  /**
   * @param port `0` for a free one
   * @returns the port
   * @throws {PortTaken}
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new PortTaken(error.message, {cause: error}));
      this.#server.once('error', fail);
      this.#server.listen({port, host: HOST, exclusive: true}, () => {
        this.#server.off('error', fail);
        resolve(this.#port);
      });
    });
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const {method = '', url = '', headers, socket} = request;
    const guarded = {method, headers, remoteAddress: socket.remoteAddress};
    if (!isLocal(guarded, this.#port)) return send(response, 403, 'This is not for you.');
    const nonce = method === 'POST' ? readHandOver(url, this.#key) : undefined;
    if (nonce !== undefined) return this.#handOver(nonce, guarded, response);
    const question = method === 'POST' && isOwnPage(guarded) ? readQuestion(url) : undefined;
    if (question !== undefined) return send(response, 200, inspectorProof(this.#key, question));
    const [, key = '', ...rest] = url.replace(/\?.*$/s, '').split('/');
    // Without the key a request learns nothing, not even what there is.
    if (!isKey(key, this.#key)) return send(response, 404, 'There is nothing here.');
    // What the page asks for is relative to the slash.
    if (rest.length === 0) return send(response, 308, '', 'text/plain', {Location: `/${key}/`});
    const path = rest.join('/');
    if (path === '' && method === 'GET') return this.#sendPage(guarded, response);
    if (!isOwnPage(guarded)) return send(response, 403, 'Only the page of the inspector may ask.');
    if (method === 'GET') return this.#read(path, response);
    if (method === 'POST') return void this.#act(path, response);
    return send(response, 405, 'GET or POST.', 'text/plain', {Allow: 'GET, POST'});
  }

  #sendPage(request: GuardedRequest, response: ServerResponse): void {
    if (!isNavigation(request)) return send(response, 403, 'Open this address in a tab.');
    send(response, 200, inspectorPage(), 'text/html');
  }

  /** To the process that takes this one's place. No browser sends a request without `Sec-Fetch-Site`. */
  #handOver(nonce: string, {headers}: GuardedRequest, response: ServerResponse): void {
    if (headers['sec-fetch-site'] !== undefined || headers.origin !== undefined) {
      return send(response, 403, 'Only the next process may ask.');
    }
    this.#server.close();
    for (const stream of this.#streams) stream.end();
    // By then the port is free.
    const text = handOverProof(this.#key, nonce);
    setImmediate(() => send(response, 200, text, 'text/plain', {Connection: 'close'}));
  }

  readonly #streams = new Set<ServerResponse>();

  #read(path: string, response: ServerResponse): void {
    if (path === 'events') return this.#stream(response);
    const module = /^page\/(\w+\.js)$/.exec(path)?.[1];
    const text = module === undefined ? undefined : pageModule(module);
    if (text === undefined) return send(response, 404, 'There is nothing here.');
    send(response, 200, text, 'text/javascript');
  }

  /** https://html.spec.whatwg.org/multipage/server-sent-events.html */
  #stream(response: ServerResponse): void {
    response.writeHead(200, {...HEADERS, 'Content-Type': 'text/event-stream'});
    const tell = (message: Message) => {
      // A page that does not read is left behind, and connects again.
      if (response.writableLength > 32_000_000) return response.destroy();
      return response.write(`data: ${JSON.stringify(message)}\n\n`);
    };
    // So that the page knows at once that it is connected.
    response.flushHeaders();
    tell({type: 'process', id: this.#id});
    for (const record of this.#calls.all()) tell({type: 'call', record});
    const stop = this.#calls.listen(tell);
    this.#streams.add(response);
    response.on('close', () => {
      stop();
      this.#streams.delete(response);
    });
  }

  async #act(path: string, response: ServerResponse): Promise<void> {
    if (path === 'clear') {
      this.#calls.clear();
      return send(response, 204);
    }
    const [, number, action] = /^calls\/(\d+)\/(repeat|request)$/.exec(path) ?? [];
    const kept = number === undefined ? undefined : this.#calls.find(Number(number));
    if (!kept) return send(response, 404, 'This call is not remembered.');
    if (action === 'request') return sendJson(response, 200, asSent(kept));
    if (!kept.body) return sendJson(response, 409, {error: 'Its body was too large to be kept.'});
    try {
      return sendJson(response, 200, {status: await repeat(kept)});
    } catch (error) {
      return sendJson(response, 502, {error: (error as Error).message});
    }
  }
}

/** With its secrets: the person who looks has asked for them. */
function asSent({headers, body}: NonNullable<ReturnType<Calls['find']>>): object {
  const text = body && new TextDecoder('utf-8').decode(body);
  const isText = body !== undefined && Buffer.from(text!).equals(body);
  return {headers, ...(isText && {body: text})};
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  send(response, status, JSON.stringify(value), 'application/json');
}

function send(
  response: ServerResponse,
  status: number,
  text?: string,
  type = 'text/plain',
  more: Record<string, string> = {},
): void {
  const content = text === undefined ? {} : {'Content-Type': `${type}; charset=utf-8`};
  response.writeHead(status, {...HEADERS, ...content, ...more}).end(text);
}
