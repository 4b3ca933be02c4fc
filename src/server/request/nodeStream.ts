/** What tells that the client is gone. */
export interface NodeEmitter {
  readonly destroyed?: boolean;
  readonly closed?: boolean;
  readonly writableFinished?: boolean;
  /** Of a stream of HTTP/2, whose other end has gone: it is finished as well. */
  readonly aborted?: boolean;
  /** Of a response: `null` while those before it have the connection. */
  readonly socket?: object | null;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/** What is used here of Node's `IncomingMessage` and `Http2ServerRequest` as a stream. */
export interface NodeStream {
  /** `null` until something reads it: https://nodejs.org/api/stream.html#readablereadableflowing */
  readonly readableFlowing: boolean | null;
  readonly readableLength: number;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  /** Whether the whole message has come: https://nodejs.org/api/http.html#messagecomplete */
  readonly complete?: boolean;
  readonly httpVersionMajor?: number;
  /** Behind a request of HTTP/2, whose own `complete` is true only when the stream has ended. */
  readonly stream?: NodeEmitter & {readonly readableEnded?: boolean; close?(): unknown};
  on(event: string, listener: (...args: any[]) => void): unknown;
  off(event: string, listener: (...args: any[]) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  read(size?: number): unknown;
  unshift(piece: Uint8Array): void;
}

/** The stream, when nothing has read of it. Some hosts have read the body already, and leave it in `rawBody`. */
export function untouchedStream(stream: NodeStream): NodeStream | undefined {
  const isUntouched = stream.readableFlowing === null && !stream.readableEnded && !stream.destroyed;
  return isUntouched && !('rawBody' in stream) ? stream : undefined;
}

/**
 * Whether the whole body has come, though not all of it may have been read. After the stream has ended
 * nothing can be put back into it.
 *
 * @returns `undefined` where that cannot be seen
 */
export function hasArrived({httpVersionMajor, complete, stream}: NodeStream): boolean | undefined {
  if (httpVersionMajor === 2) return stream?.readableEnded;
  return httpVersionMajor === 1 ? complete : undefined;
}
