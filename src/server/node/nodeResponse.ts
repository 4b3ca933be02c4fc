import type {NodeEmitter} from '../request/nodeStream.ts';

/** What is used here of Node's `ServerResponse`, and of HTTP/2's `Http2ServerResponse`. */
export interface NodeResponse extends NodeEmitter {
  statusCode: number;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  getHeader(name: string): number | string | string[] | undefined;
  getHeaders(): Record<string, number | string | string[] | undefined>;
  setHeader(name: string, value: string | readonly string[]): unknown;
  removeHeader(name: string): unknown;
  write(piece: Uint8Array): boolean;
  end(body?: string | Uint8Array): unknown;
  on(event: 'close' | 'drain', listener: () => void): unknown;
  destroy(): unknown;
  /** Of compression middleware: sends what it has gathered. */
  flush?(): void;
}

/** @param isHttp2 where the header `Connection` does not exist */
export function setHeaders(
  response: NodeResponse,
  headers: Readonly<Record<string, string>>,
  isHttp2: boolean,
): void {
  for (const name of Object.keys(headers)) {
    if (!isHttp2 || name !== 'Connection') response.setHeader(name, headers[name]!);
  }
}

/** Adds to the cookies that middleware has set before. */
export function addCookies(response: NodeResponse, cookies: readonly string[]): void {
  if (cookies.length === 0) return;
  const before = response.getHeader('Set-Cookie') ?? [];
  const list = Array.isArray(before) ? before : [String(before)];
  response.setHeader('Set-Cookie', [...list, ...cookies]);
}
