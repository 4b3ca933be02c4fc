/**
 * Types of `react-server-dom-webpack` 19.3.1, which ships none. To use them, write this in one file of the
 * app, or name `use-server-webpack-plugin/types` in `compilerOptions.types`:
 *
 *     /// <reference types="use-server-webpack-plugin/types" />
 *
 * Left out are React's own tools for what `use-server-webpack-plugin` does: `/plugin`, `/node-loader` and
 * `/node-register`.
 */

/* oxlint-disable no-unnecessary-type-parameters -- applications name the types of what they read */

// Empty where @types/node has no say, for code of the browser; else these are its own streams.
declare namespace NodeJS {
  interface ReadableStream {}
  interface WritableStream {}
}

declare module 'react-server-dom-webpack/client.browser' {
  /** What server references are called by: it sends the call and gives the result. */
  export type CallServerCallback = (id: string, args: unknown[]) => Promise<unknown>;

  /** Gives the URL of the source map of a file of the server, or null. React uses it in development. */
  export type FindSourceMapURLCallback = (
    fileName: string,
    environmentName: string,
  ) => string | null;

  /** What cannot be sent, by the name of its placeholder. */
  export type TemporaryReferenceSet = Map<string, unknown>;

  export interface EncodeReplyOptions {
    /** Gets what cannot be sent; without it, such a value is an error. */
    temporaryReferences?: TemporaryReferenceSet | undefined;
    /** Stops waiting for promises and streams in the value. */
    signal?: AbortSignal | undefined;
  }

  /** Options that every build takes. */
  export interface SharedResponseOptions {
    /** The set that `encodeReply` filled: what comes back by it is the value that was sent. */
    temporaryReferences?: TemporaryReferenceSet | undefined;
    /** Whether a stream that ends early leaves what is missing pending, in place of an error. */
    unstable_allowPartialStream?: boolean | undefined;
    /** In development: where source maps of the server's files are. */
    findSourceMapURL?: FindSourceMapURLCallback | undefined;
    /** In development: whether what the server logged is logged here too. */
    replayConsoleLogs?: boolean | undefined;
    /** In development: name of this environment in traces. */
    environmentName?: string | undefined;
    /** In development: from when timings of the server are kept, in milliseconds. */
    startTime?: number | undefined;
    /** In development: until when timings of the server are kept, in milliseconds. */
    endTime?: number | undefined;
  }

  export interface BrowserResponseOptions extends SharedResponseOptions {
    /** Called by server functions in the result. */
    callServer?: CallServerCallback | undefined;
    /** In development: carries debug information beside the result. */
    debugChannel?:
      | {
          readable?: ReadableStream<Uint8Array> | undefined;
          writable?: WritableStream | undefined;
        }
      | undefined;
  }

  /**
   * Reads the result of a render from the body of a response.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromFetch<T = unknown>(
    promiseForResponse: Promise<Response>,
    options?: BrowserResponseOptions,
  ): PromiseLike<T>;

  /**
   * Reads the result of a render from a stream.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromReadableStream<T = unknown>(
    stream: ReadableStream<Uint8Array>,
    options?: BrowserResponseOptions,
  ): PromiseLike<T>;

  /** Makes a function that calls the server function `id`. */
  export function createServerReference<A extends unknown[] = unknown[], T = unknown>(
    id: string,
    callServer: CallServerCallback,
    encodeFormAction?: undefined,
    findSourceMapURL?: FindSourceMapURLCallback,
    functionName?: string,
  ): (...args: A) => Promise<T>;

  export function createTemporaryReferenceSet(): TemporaryReferenceSet;

  /** Makes the body of a call from its arguments. */
  export function encodeReply(
    value: unknown,
    options?: EncodeReplyOptions,
  ): Promise<string | FormData>;

  /** Makes a function a reference to the server function `id`. */
  export function registerServerReference<T extends Function>(reference: T, id: string): T;
}

declare module 'react-server-dom-webpack/client.edge' {
  import type {
    EncodeReplyOptions,
    SharedResponseOptions,
    TemporaryReferenceSet,
  } from 'react-server-dom-webpack/client.browser';

  export type {
    EncodeReplyOptions,
    FindSourceMapURLCallback,
    SharedResponseOptions,
    TemporaryReferenceSet,
  } from 'react-server-dom-webpack/client.browser';

  /** Attributes of a form or button, and fields, by which a form calls a server function without JavaScript. */
  export interface ReactCustomFormAction {
    name?: string | undefined;
    action?: string | undefined;
    encType?: string | undefined;
    method?: string | undefined;
    target?: string | undefined;
    data?: FormData | null | undefined;
  }

  /** Says how a form calls a server function; its bound arguments come as a promise. */
  export type EncodeFormActionCallback = (
    id: string,
    args: Promise<unknown[]>,
  ) => ReactCustomFormAction;

  /** Where the server that makes HTML finds client modules. React reads these objects by index. */
  export interface ServerConsumerManifest {
    moduleMap: object | null;
    serverModuleMap: object | null;
    moduleLoading: object | null;
  }

  export interface ServerResponseOptions extends SharedResponseOptions {
    serverConsumerManifest: ServerConsumerManifest;
    /** @default as `$ACTION_` fields, which `decodeAction` reads */
    encodeFormAction?: EncodeFormActionCallback | undefined;
    /** For the scripts that React tells browsers to preload. */
    nonce?: string | undefined;
    /** In development: carries debug information beside the result. */
    debugChannel?: {readable?: ReadableStream<Uint8Array> | undefined} | undefined;
  }

  /**
   * Reads the result of a render from the body of a response.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromFetch<T = unknown>(
    promiseForResponse: Promise<Response>,
    options: ServerResponseOptions,
  ): PromiseLike<T>;

  /**
   * Reads the result of a render from a stream.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromReadableStream<T = unknown>(
    stream: ReadableStream<Uint8Array>,
    options: ServerResponseOptions,
  ): PromiseLike<T>;

  /** Makes a reference to the server function `id`. It can be rendered; a call of it throws. */
  export function createServerReference<A extends unknown[] = unknown[], T = unknown>(
    id: string,
    ...ignored: unknown[]
  ): (...args: A) => Promise<T>;

  export function createTemporaryReferenceSet(): TemporaryReferenceSet;

  /** Makes the body of a call from its arguments. */
  export function encodeReply(
    value: unknown,
    options?: EncodeReplyOptions,
  ): Promise<string | FormData>;

  /** Makes a function a reference to the server function `id`. */
  export function registerServerReference<T extends Function>(
    reference: T,
    id: string,
    encodeFormAction?: EncodeFormActionCallback,
  ): T;
}

declare module 'react-server-dom-webpack/client.node' {
  import type {
    EncodeFormActionCallback,
    ServerConsumerManifest,
    SharedResponseOptions,
  } from 'react-server-dom-webpack/client.edge';

  export * from 'react-server-dom-webpack/client.edge';

  export interface NodeStreamOptions extends Omit<SharedResponseOptions, 'temporaryReferences'> {
    /** @default as `$ACTION_` fields, which `decodeAction` reads */
    encodeFormAction?: EncodeFormActionCallback | undefined;
    /** For the scripts that React tells browsers to preload. */
    nonce?: string | undefined;
    /** In development: carries debug information beside the result. */
    debugChannel?: NodeJS.ReadableStream | undefined;
  }

  /**
   * Reads the result of a render from a stream of Node.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromNodeStream<T = unknown>(
    stream: NodeJS.ReadableStream,
    serverConsumerManifest: ServerConsumerManifest,
    options?: NodeStreamOptions,
  ): PromiseLike<T>;
}

/** Which build this is depends on where the code runs: these types have what one of them has. */
declare module 'react-server-dom-webpack/client' {
  import type {
    BrowserResponseOptions,
    CallServerCallback,
    EncodeReplyOptions,
    FindSourceMapURLCallback,
    TemporaryReferenceSet,
  } from 'react-server-dom-webpack/client.browser';
  import type {
    EncodeFormActionCallback,
    ServerResponseOptions,
  } from 'react-server-dom-webpack/client.edge';

  export type {
    BrowserResponseOptions,
    CallServerCallback,
    EncodeReplyOptions,
    FindSourceMapURLCallback,
    TemporaryReferenceSet,
  } from 'react-server-dom-webpack/client.browser';
  export type {
    EncodeFormActionCallback,
    ReactCustomFormAction,
    ServerConsumerManifest,
    ServerResponseOptions,
  } from 'react-server-dom-webpack/client.edge';
  export type {NodeStreamOptions} from 'react-server-dom-webpack/client.node';

  /** On a server `serverConsumerManifest` is needed; `callServer` is for browsers. */
  export type ResponseOptions = BrowserResponseOptions &
    Partial<Omit<ServerResponseOptions, 'debugChannel'>>;

  /** Only in the build for Node. */
  export {createFromNodeStream} from 'react-server-dom-webpack/client.node';

  /**
   * Reads the result of a render from the body of a response.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromFetch<T = unknown>(
    promiseForResponse: Promise<Response>,
    options?: ResponseOptions,
  ): PromiseLike<T>;

  /**
   * Reads the result of a render from a stream.
   *
   * @returns a promise of React's: `await` and `use()` take it, but its `then()` returns nothing, so
   *   wrap it in `Promise.resolve()` to chain it
   */
  export function createFromReadableStream<T = unknown>(
    stream: ReadableStream<Uint8Array>,
    options?: ResponseOptions,
  ): PromiseLike<T>;

  /** Makes a function that calls the server function `id`. On a server a call of it throws. */
  export function createServerReference<A extends unknown[] = unknown[], T = unknown>(
    id: string,
    callServer: CallServerCallback,
    encodeFormAction?: undefined,
    findSourceMapURL?: FindSourceMapURLCallback,
    functionName?: string,
  ): (...args: A) => Promise<T>;

  export function createTemporaryReferenceSet(): TemporaryReferenceSet;

  /** Makes the body of a call from its arguments. */
  export function encodeReply(
    value: unknown,
    options?: EncodeReplyOptions,
  ): Promise<string | FormData>;

  /** Makes a function a reference to the server function `id`. */
  export function registerServerReference<T extends Function>(
    reference: T,
    id: string,
    encodeFormAction?: EncodeFormActionCallback,
  ): T;
}

declare module 'react-server-dom-webpack/server.browser' {
  /** `react-client-manifest.json`: where browsers find client modules. React reads it by index. */
  export type ClientManifest = object;

  /** `server-actions-manifest.json`: where to load server functions. React reads it by index. */
  export type ServerManifest = object;

  /** What React uses of the WeakMap that `createTemporaryReferenceSet()` makes. */
  export interface TemporaryReferenceSet {
    get(value: object): string | undefined;
    set(value: object, reference: string): unknown;
  }

  export interface RenderOptions {
    /** Gets every error; a string that it returns becomes `digest` of the error that the client gets. */
    onError?: ((error: unknown) => string | null | undefined | void) | undefined;
    /** Put before what `useId` gives. */
    identifierPrefix?: string | undefined;
    /** The set that `decodeReply` filled: what comes back by it is the client's own value. */
    temporaryReferences?: TemporaryReferenceSet | undefined;
    /** In development: from when timings are sent, in milliseconds. */
    startTime?: number | undefined;
    /** In development: name of this environment in the traces of the client. */
    environmentName?: string | (() => string) | undefined;
    /** In development: whether a frame of a stack is sent. */
    filterStackFrame?:
      | ((url: string, functionName: string, lineNumber: number, columnNumber: number) => boolean)
      | undefined;
  }

  export interface PrerenderOptions extends RenderOptions {
    /** Ends the render: what is not ready then stays pending in the result. */
    signal?: AbortSignal | undefined;
  }

  export interface ReadableStreamOptions extends RenderOptions {
    /** Ends the render: what is not ready then is an error. */
    signal?: AbortSignal | undefined;
    /** In development: carries debug information beside the result. */
    debugChannel?:
      | {
          readable?: ReadableStream<Uint8Array> | undefined;
          writable?: WritableStream | undefined;
        }
      | undefined;
  }

  export interface DecodeOptions {
    /** Gets the placeholders of what the client could not send. */
    temporaryReferences?: TemporaryReferenceSet | undefined;
    /** @default 1000000 */
    arraySizeLimit?: number | undefined;
  }

  /** Renders elements, and every other value that React can send, to a stream. */
  export function renderToReadableStream(
    model: unknown,
    clientManifest: ClientManifest,
    options?: ReadableStreamOptions,
  ): ReadableStream<Uint8Array>;

  /**
   * Reads the arguments of a call.
   *
   * @returns a promise of React's: `await` takes it, but its `then()` returns nothing, so wrap it in
   *   `Promise.resolve()` to chain it
   */
  export function decodeReply<T = unknown>(
    body: string | FormData,
    serverManifest: ServerManifest,
    options?: DecodeOptions,
  ): PromiseLike<T>;

  /**
   * Reads which server function a form calls that was posted without JavaScript.
   *
   * @returns a promise of a function that calls it, or null when the form has none of React's fields
   */
  export function decodeAction(
    body: FormData,
    serverManifest: ServerManifest,
  ): Promise<() => Promise<unknown>> | null;

  /** Makes the `formState` of `hydrateRoot` and of the render to HTML from the result of such a form. */
  export function decodeFormState(
    actionResult: unknown,
    body: FormData,
    serverManifest: ServerManifest,
  ): Promise<import('react-dom/client').ReactFormState | null>;

  /** Makes a function a server function with the id `id#exportName`, or `id` when the name is null. */
  export function registerServerReference<T extends Function>(
    reference: T,
    id: string,
    exportName: string | null,
  ): T;

  /** Makes a value stand for the export of a client module. */
  export function registerClientReference<T>(
    proxyImplementation: T,
    id: string,
    exportName: string,
  ): T;

  /** Makes a namespace that stands for a client module. */
  export function createClientModuleProxy(moduleId: string): any;

  export function createTemporaryReferenceSet(): TemporaryReferenceSet;
}

declare module 'react-server-dom-webpack/server.edge' {
  import type {DecodeOptions, ServerManifest} from 'react-server-dom-webpack/server.browser';

  export * from 'react-server-dom-webpack/server.browser';

  /** Reads the arguments of a call from the parts of its body, as they come. */
  export function decodeReplyFromAsyncIterable<T = unknown>(
    iterable: AsyncIterable<[name: string, value: string | File]>,
    serverManifest: ServerManifest,
    options?: DecodeOptions,
  ): PromiseLike<T>;
}

declare module 'react-server-dom-webpack/server.node' {
  import type {
    ClientManifest,
    DecodeOptions,
    RenderOptions,
    ServerManifest,
  } from 'react-server-dom-webpack/server.browser';

  export * from 'react-server-dom-webpack/server.edge';

  /** What React uses of the stream that `busboy()` makes. */
  export interface BusboyStream {
    on(event: string, listener: (...args: any[]) => void): unknown;
    destroy(error?: Error): unknown;
  }

  /** What React uses of a WebSocket. */
  export interface DebugSocket {
    readonly readyState: number;
    send(data: string | ArrayBufferView): void;
  }

  export interface PipeableStreamOptions extends RenderOptions {
    /** In development: carries debug information beside the result. */
    debugChannel?: NodeJS.ReadableStream | NodeJS.WritableStream | DebugSocket | undefined;
  }

  export interface PipeableStream {
    /** Ends the render: what is not ready then is an error. */
    abort(reason?: unknown): void;
    /** Writes the result; once only. */
    pipe<T extends NodeJS.WritableStream>(destination: T): T;
  }

  /** Renders elements, and every other value that React can send, to a stream of Node. Only on Node. */
  export function renderToPipeableStream(
    model: unknown,
    clientManifest: ClientManifest,
    options?: PipeableStreamOptions,
  ): PipeableStream;

  /**
   * Reads the arguments of a call from its body, as it comes. Only on Node.
   *
   * `createServerFunctionHandler` does not use it: a part in base64 can end the process.
   */
  export function decodeReplyFromBusboy<T = unknown>(
    busboyStream: BusboyStream,
    serverManifest: ServerManifest,
    options?: DecodeOptions,
  ): PromiseLike<T>;
}

/** Which build this is depends on where the code runs: these types are those of the one for Node. */
declare module 'react-server-dom-webpack/server' {
  export * from 'react-server-dom-webpack/server.node';
}

declare module 'react-server-dom-webpack/static.browser' {
  import type {ClientManifest, PrerenderOptions} from 'react-server-dom-webpack/server.browser';

  export type {ClientManifest, PrerenderOptions} from 'react-server-dom-webpack/server.browser';

  /** Renders to the end, or until it is aborted, and then gives the result. */
  export function prerender(
    model: unknown,
    clientManifest: ClientManifest,
    options?: PrerenderOptions,
  ): Promise<{prelude: ReadableStream<Uint8Array>}>;
}

declare module 'react-server-dom-webpack/static.edge' {
  export * from 'react-server-dom-webpack/static.browser';
}

declare module 'react-server-dom-webpack/static.node' {
  import type {ClientManifest, PrerenderOptions} from 'react-server-dom-webpack/server.browser';

  export * from 'react-server-dom-webpack/static.edge';

  /** Renders to the end, or until it is aborted, and then gives the result. Only on Node. */
  export function prerenderToNodeStream(
    model: unknown,
    clientManifest: ClientManifest,
    options?: PrerenderOptions,
  ): Promise<{prelude: NodeJS.ReadableStream}>;
}

/** Which build this is depends on where the code runs: these types are those of the one for Node. */
declare module 'react-server-dom-webpack/static' {
  export * from 'react-server-dom-webpack/static.node';
}
