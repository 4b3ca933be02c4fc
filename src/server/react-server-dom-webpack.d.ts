// React ships no types for its Flight packages. Declared here is what this package uses of them.

declare module 'react-server-dom-webpack/server' {
  /** What React uses of the WeakMap that its `createTemporaryReferenceSet()` makes. */
  type TemporaryReferenceSet = {
    get(value: object): string | undefined;
    set(value: object, reference: string): unknown;
  };
  interface RenderOptions {
    /** Gets every error that is written into the stream; a string that it returns becomes `error.digest`. */
    onError?: (error: unknown) => string | undefined | void;
    temporaryReferences?: TemporaryReferenceSet;
    signal?: AbortSignal;
    environmentName?: string | (() => string);
    filterStackFrame?: (url: string, functionName: string) => boolean;
  }
  interface DecodeOptions {
    temporaryReferences?: TemporaryReferenceSet;
    arraySizeLimit?: number;
  }
  /** React reads manifests by index only; see `ManifestEntry`. */
  type Manifest = object;

  export function renderToReadableStream(
    model: unknown,
    clientManifest: Manifest,
    options?: RenderOptions,
  ): ReadableStream<Uint8Array>;
  export function decodeReply(
    body: string | FormData,
    serverManifest: Manifest,
    options?: DecodeOptions,
  ): PromiseLike<unknown>;
  export function decodeAction(
    body: FormData,
    serverManifest: Manifest,
  ): Promise<() => Promise<unknown>> | null;
  export function decodeFormState(
    result: unknown,
    body: FormData,
    serverManifest: Manifest,
  ): Promise<import('react-dom/client').ReactFormState | null>;
  export function registerServerReference<T extends Function>(
    reference: T,
    id: string,
    exportName: string | null,
  ): T;
  export function registerClientReference<T>(implementation: T, id: string, exportName: string): T;
  export function createClientModuleProxy(moduleId: string): unknown;
}

declare module 'react-server-dom-webpack/client' {
  type TemporaryReferenceSet = Map<string, unknown>;
  type CallServer = (id: string, args: unknown[]) => Promise<unknown>;
  type FindSourceMapURL = (fileName: string, environmentName: string) => string | null;

  export function createServerReference(
    id: string,
    callServer: CallServer,
    encodeFormAction?: undefined,
    findSourceMapURL?: FindSourceMapURL,
    functionName?: string,
  ): (...args: unknown[]) => Promise<unknown>;
  export function registerServerReference<T extends Function>(
    reference: T,
    id: string,
    encodeFormAction?: undefined,
  ): T;
  export function encodeReply(
    value: unknown,
    options?: {temporaryReferences?: TemporaryReferenceSet; signal?: AbortSignal},
  ): Promise<string | FormData>;
  export function createFromReadableStream(
    stream: ReadableStream<Uint8Array>,
    options?: {
      callServer?: CallServer;
      temporaryReferences?: TemporaryReferenceSet;
      findSourceMapURL?: FindSourceMapURL;
      serverConsumerManifest?: object;
    },
  ): PromiseLike<unknown>;
  export function createTemporaryReferenceSet(): TemporaryReferenceSet;
}

declare module 'react-server-dom-webpack/client.edge' {
  export * from 'react-server-dom-webpack/client';
}
