import type {NodeStream} from './nodeStream.ts';

/**
 * A request as the handler sees it, whatever received it: `webIncoming.ts` for a web `Request`,
 * `nodeIncoming.ts` for Node's `IncomingMessage`.
 */
export interface Incoming {
  readonly method: string;
  /** The whole URL, which is malformed where {@link hasValidUrl} says so. */
  readonly url: string;
  readonly hasValidUrl: boolean;
  /** Path of the URL, as the URL standard writes it; only of a valid one. */
  readonly pathname: string;
  /** The object by which the app knows this request. */
  readonly key: object;
  /** The web `Request` for the app's code, made when it is first asked for. */
  readonly request: Request;
  /** Node's request, where there is one. */
  readonly nodeRequest: object | undefined;
  /** Node's stream of the body, when nothing has touched it before. */
  readonly bodyStream: NodeStream | undefined;
  /** What something in front has read of the body and left for us: all of it. */
  readonly parsedBody: string | Uint8Array | undefined;
  /** Whether something in front has read the body. */
  readonly isBodyUsed: boolean;

  /** All headers, for the app's code: made without the web `Request`, which not every environment has. */
  readonly headers: Headers;

  /** @param name in lower case */
  header(name: string): string | null;

  /** Why the client is gone: the reason of an `AbortSignal`; `undefined` while it waits for the answer. */
  leaveReason(): unknown;
  /** Calls the listener when the client goes away before it has the answer. */
  onLeave(listener: () => void): void;
  offLeave(listener: () => void): void;
}

/** The reason of a client's leaving where nothing else names one. */
export function clientGone(): DOMException {
  return new DOMException('The client has gone away.', 'AbortError');
}
