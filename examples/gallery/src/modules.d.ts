// Modules without types of their own. React publishes none for react-server-dom-webpack: here is what
// the example uses of it.
declare module 'react-server-dom-webpack/server' {
  export function renderToReadableStream(
    model: unknown,
    clientManifest: unknown,
    options?: {onError?: (error: unknown) => string | undefined},
  ): ReadableStream<Uint8Array>;
}

declare module 'react-server-dom-webpack/client' {
  export function createFromReadableStream<T>(
    stream: ReadableStream<Uint8Array>,
    options: {
      serverConsumerManifest?: unknown;
      callServer?: (id: string, args: unknown[]) => Promise<unknown>;
    },
  ): Promise<T>;
}

declare module '*.css';
