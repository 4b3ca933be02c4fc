import {clientGone, type Incoming} from './incoming.ts';
import {untouchedStream, type NodeStream} from './nodeStream.ts';

/** What adapters such as srvx add to their requests on Node. */
interface AdapterRequest {
  runtime?: {node?: {req?: NodeStream}};
}

/** A web `Request` as the handler sees it. */
export class WebIncoming implements Incoming {
  readonly request: Request;
  readonly #node: object | undefined;
  #url: URL | null | undefined;

  /** @param nodeRequest default: that of the adapter which made the request */
  constructor(request: Request, nodeRequest?: object) {
    this.request = request;
    this.#node = nodeRequest;
  }

  get key(): object {
    return this.request;
  }

  get method(): string {
    return this.request.method;
  }

  get url(): string {
    return this.request.url;
  }

  get hasValidUrl(): boolean {
    return this.#parsedUrl !== null;
  }

  get pathname(): string {
    return this.#parsedUrl!.pathname;
  }

  get nodeRequest(): object | undefined {
    return this.#node ?? this.#adapterRequest;
  }

  /** To make a web stream of it takes longer than all the checks of a call. */
  get bodyStream(): NodeStream | undefined {
    const stream = this.#adapterRequest;
    return stream && !this.request.bodyUsed ? untouchedStream(stream) : undefined;
  }

  get parsedBody(): undefined {
    return undefined;
  }

  get isBodyUsed(): boolean {
    return this.request.bodyUsed;
  }

  get headers(): Headers {
    return this.request.headers;
  }

  header(name: string): string | null {
    return this.request.headers.get(name);
  }

  leaveReason(): unknown {
    const {signal} = this.request;
    return signal.aborted ? (signal.reason ?? clientGone()) : undefined;
  }

  onLeave(listener: () => void): void {
    this.request.signal.addEventListener('abort', listener, {once: true});
  }

  offLeave(listener: () => void): void {
    this.request.signal.removeEventListener('abort', listener);
  }

  get #adapterRequest(): NodeStream | undefined {
    const stream = (this.request as AdapterRequest).runtime?.node?.req;
    return typeof stream?.on === 'function' ? stream : undefined;
  }

  /** `null` for a malformed one: adapters make it of the header `Host`, and not all look at what they made. */
  get #parsedUrl(): URL | null {
    if (this.#url === undefined) this.#url = parseUrl(this.request.url);
    return this.#url;
  }
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
