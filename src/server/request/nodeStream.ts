/** What is used here of Node's `IncomingMessage`. */
export interface NodeStream {
  /** `null` until something reads it: https://nodejs.org/api/stream.html#readablereadableflowing */
  readonly readableFlowing: boolean | null;
  readonly readableLength: number;
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  /** Whether the whole message has come: https://nodejs.org/api/http.html#messagecomplete */
  readonly complete?: boolean;
  readonly httpVersionMajor?: number;
  on(event: string, listener: (...args: any[]) => void): unknown;
  off(event: string, listener: (...args: any[]) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  read(): unknown;
  unshift(piece: Uint8Array): void;
}

/**
 * The stream of Node behind a request of srvx, which gives it as `runtime.node.req`, when nothing has
 * touched the body before. To make a web stream of it takes longer than all the checks of a call.
 */
export function nodeStream(request: Request): NodeStream | undefined {
  const {runtime} = request as {runtime?: {node?: {req?: NodeStream}}};
  const stream = runtime?.node?.req;
  if (typeof stream?.on !== 'function' || request.bodyUsed) return undefined;
  const isUntouched = stream.readableFlowing === null && !stream.readableEnded && !stream.destroyed;
  // Some hosts have read the body already, and leave it there.
  return isUntouched && !('rawBody' in stream) ? stream : undefined;
}
