import {clientGone, type Incoming} from './incoming.ts';
import {untouchedStream, type NodeEmitter, type NodeStream} from './nodeStream.ts';

/** What is used here of Node's `IncomingMessage`, and of HTTP/2's `Http2ServerRequest`. */
export interface NodeRequest extends NodeStream {
  readonly method?: string;
  readonly url?: string;
  /** What Express and Connect keep of the URL while a router takes its own path off. */
  readonly originalUrl?: unknown;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly socket: NodeEmitter & {encrypted?: boolean};
  /** Express sets it. */
  readonly res?: NodeEmitter;
  /** What a body parser has read. */
  readonly body?: unknown;
  readonly rawBody?: unknown;
}

/** Whether it is a request of Node's, and not a web `Request`. */
export function isNodeRequest(request: unknown): request is NodeRequest {
  const {headers, url, socket, on} = Object(request) as Partial<NodeRequest>;
  return (
    typeof on === 'function' &&
    typeof url === 'string' &&
    typeof headers === 'object' &&
    headers !== null &&
    typeof socket === 'object'
  );
}

/** Ends the listening of the last request of each connection that is known by its connection alone. */
const listening = new WeakMap<NodeEmitter, () => void>();

/** Called at the end of connections on which responses wait for their turn. */
const waiting = new WeakMap<NodeEmitter, Set<() => void>>();

/**
 * Listens once for each connection, however many requests its client has sent ahead.
 *
 * @returns ends the listening
 */
function onConnectionEnd(connection: NodeEmitter, listener: () => void): () => void {
  const listeners = waiting.get(connection) ?? new Set<() => void>();
  if (!waiting.has(connection)) {
    waiting.set(connection, listeners);
    connection.on('close', () => {
      for (const one of listeners) one();
    });
  }
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A request of node:http, node:https or node:http2 as the handler sees it. */
export class NodeIncoming implements Incoming {
  readonly nodeRequest: NodeRequest;
  /** What is closed when the client is gone, or when it has its answer. */
  readonly #connection: NodeEmitter;
  /** What ends the listening of each listener. */
  readonly #listening = new Map<() => void, () => void>();
  #url: string | undefined;
  #pathname: string | undefined;
  #request: Request | undefined;

  /** @param response default: what Express knows of it, else the whole connection; HTTP/2 has its own stream */
  constructor(request: NodeRequest, response?: NodeEmitter) {
    this.nodeRequest = request;
    // The response of HTTP/2 looks finished when its client has gone.
    const stream = this.isHttp2 ? request.stream : undefined;
    this.#connection = stream ?? response ?? request.res ?? request.socket;
  }

  get key(): object {
    return this.nodeRequest;
  }

  /** Where the header `Connection` does not exist. */
  get isHttp2(): boolean {
    return this.nodeRequest.httpVersionMajor === 2;
  }

  get method(): string {
    return this.nodeRequest.method ?? 'GET';
  }

  get url(): string {
    return (this.#url ??= wholeUrl(this.nodeRequest));
  }

  get hasValidUrl(): boolean {
    // A plain path fits every host.
    if (plainPath(target(this.nodeRequest)) === undefined) return URL.canParse(this.url);
    const {headers} = this.nodeRequest;
    const host = headers[':authority'] ?? headers['host'];
    if (host !== lastHost.host) Object.assign(lastHost, {host, isValid: URL.canParse(this.url)});
    return lastHost.isValid;
  }

  get pathname(): string {
    return (this.#pathname ??= plainPath(target(this.nodeRequest)) ?? new URL(this.url).pathname);
  }

  get request(): Request {
    return (this.#request ??= this.#makeRequest());
  }

  get bodyStream(): NodeStream | undefined {
    return untouchedStream(this.nodeRequest);
  }

  /** Of `express.text()`, `express.raw()` and of hosts that give every body whole. */
  get parsedBody(): string | Uint8Array | undefined {
    if (this.bodyStream) return undefined;
    const {rawBody, body} = this.nodeRequest;
    // Files in a form that was decoded as a text are not what they were.
    const isForm = /^multipart\//i.test(this.header('content-type') ?? '');
    const isWhole = (one: unknown) => isBytes(one) || (isText(one) && !isForm);
    return [rawBody, body].find(isWhole) as string | Uint8Array | undefined;
  }

  get isBodyUsed(): boolean {
    return this.bodyStream === undefined;
  }

  get headers(): Headers {
    return webHeaders(this.nodeRequest);
  }

  header(name: string): string | null {
    const value = this.nodeRequest.headers[name];
    if (value === undefined) return null;
    return typeof value === 'string' ? value : value.join(', ');
  }

  leaveReason(): unknown {
    const {destroyed, closed} = this.#connection;
    const isOver = destroyed || closed || (!this.isHttp2 && this.nodeRequest.socket.destroyed);
    return isOver && !this.#isAnswered ? clientGone() : undefined;
  }

  onLeave(listener: () => void): void {
    const onClose = () => {
      this.offLeave(listener);
      if (!this.#isAnswered) listener();
    };
    // A response that waits for its turn does not hear of the end of the connection.
    const isWaiting = this.#isOwn && this.#connection.socket === null;
    const stop = isWaiting ? onConnectionEnd(this.nodeRequest.socket, onClose) : undefined;
    this.#listening.set(listener, () => {
      this.#connection.off('close', onClose);
      stop?.();
    });
    this.#connection.on('close', onClose);
    if (!this.#isOwn) this.#takeTurn(() => this.offLeave(listener));
  }

  /** Whether nothing but this request has the connection. */
  get #isOwn(): boolean {
    return this.#connection !== this.nodeRequest.socket;
  }

  get #isAnswered(): boolean {
    const {writableFinished, aborted} = this.#connection;
    return this.#isOwn && writableFinished === true && aborted !== true;
  }

  /** The request before on this connection has its answer, of which nothing tells without a response. */
  #takeTurn(stop: () => void): void {
    listening.get(this.#connection)?.();
    listening.set(this.#connection, stop);
  }

  offLeave(listener: () => void): void {
    this.#listening.get(listener)?.();
    this.#listening.delete(listener);
  }

  /** Without the body, which is for the handler. */
  #makeRequest(): Request {
    const controller = new AbortController();
    const reason = this.leaveReason();
    if (reason === undefined) this.onLeave(() => controller.abort(this.leaveReason()));
    else controller.abort(reason);
    return new Request(this.hasValidUrl ? this.url : 'http://localhost/', {
      method: isForbidden(this.method) ? 'GET' : this.method,
      headers: this.headers,
      signal: controller.signal,
    });
  }
}

/** Most requests name the same host, which need not be parsed each time. */
const lastHost: {host: unknown; isValid: boolean} = {host: null, isValid: false};

/** `fetch` makes no such request, and the handler refuses them: https://fetch.spec.whatwg.org/#methods */
function isForbidden(method: string): boolean {
  return /^(?:connect|trace|track)$/i.test(method);
}

function isText(body: unknown): body is string {
  return typeof body === 'string';
}

function isBytes(body: unknown): body is Uint8Array {
  return body instanceof Uint8Array;
}

function target({originalUrl, url = '/'}: NodeRequest): string {
  return typeof originalUrl === 'string' ? originalUrl : url;
}

/**
 * The URL as its sender meant it: https://www.rfc-editor.org/rfc/rfc9112#section-3.3
 *
 * @returns what no URL can be made of, where the header `Host` is no host
 */
function wholeUrl(request: NodeRequest): string {
  const path = target(request);
  if (/^https?:\/\//i.test(path)) return path;
  const {headers, socket} = request;
  const host = headers[':authority'] ?? headers['host'] ?? 'localhost';
  if (typeof host !== 'string' || !/^[^\s/?#@\\]+$/.test(host)) return '';
  return `${socket.encrypted ? 'https' : 'http'}://${host}${path.startsWith('/') ? path : '/'}`;
}

/** The path of a target of which no URL has to be made, because the URL standard changes nothing of it. */
function plainPath(path: string): string | undefined {
  return /^(\/[\w\-~!$&()*+,;=:@/]*)(?:\?|$)/.exec(path)?.[1];
}

/** Not `rawHeaders`: middleware in front may have removed or replaced what a client must not say. */
function webHeaders({headers}: NodeRequest): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || name.startsWith(':')) continue;
    for (const one of Array.isArray(value) ? value : [value]) all.append(name, one);
  }
  return all;
}
