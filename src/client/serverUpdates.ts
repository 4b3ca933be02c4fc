/** Where `developmentServer()` tells what happens to the server. `src/development/updates.ts` has the same path. */
const UPDATES_PATH = '/__use_server_updates';

const callbacks = new Set<() => void>();
/** Which Server Components and functions the server had when it was last heard of. */
let known: string | undefined;
let source: EventSource | undefined;

/** What shows errors over the page: nothing but a browser in development needs it. */
type Overlay = typeof import('./serverErrorOverlay.ts');
let overlay: Promise<Overlay> | undefined;

/** What `onServerUpdate` has to know. */
export interface ServerUpdateOptions {
  /**
   * Where the handler of the server answers: its `endpoint`. It counts where Node runs the server from its
   * sources.
   * @default '/rsc-action'
   */
  endpoint?: string | undefined;
}

/**
 * Calls back in development when Server Components or server functions have changed and the new ones
 * are there: time to fetch the page's payload again. Client components keep their state.
 *
 * With `UseServerWebpackPlugin`, where Node runs the server from its sources, that is when another process has
 * taken the place of the server: `node --watch` sees to that. It does nothing, and adds nothing, to a build of
 * the mode "production".
 *
 * With `createUseServer()` the dev server has to run the server with `developmentServer()` of
 * `use-server-webpack-plugin/development`. It does nothing where webpack's hot module replacement is off, and adds
 * nothing to a build of the mode "production".
 *
 * @param callback runs once for each change
 * @param _options see {@link ServerUpdateOptions}
 * @returns a function that ends it
 * @example
 * useEffect(() => onServerUpdate(() => startTransition(() => setPayload(fetchPage()))), []);
 */
export function onServerUpdate(callback: () => void, _options?: ServerUpdateOptions): () => void {
  // The mode first: webpack leaves out what is behind it, the overlay too.
  if (
    process.env['NODE_ENV'] !== 'production' &&
    (import.meta as {webpackHot?: object}).webpackHot
  ) {
    // In the same chunk: while something is wrong, another one may not come.
    overlay ??= import(/* webpackMode: "eager" */ './serverErrorOverlay.ts');
    return listen(callback);
  } else {
    return () => {};
  }
}

function listen(callback: () => void): () => void {
  // During SSR there is a page, but no one has opened it yet.
  if (typeof document === 'undefined') return () => {};
  callbacks.add(callback);
  if (callbacks.size === 1) {
    document.addEventListener('visibilitychange', connectIfVisible);
    connectIfVisible();
  }
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    document.removeEventListener('visibilitychange', connectIfVisible);
    disconnect();
  };
}

/** Browsers open few connections to one host, so hidden pages give theirs back. */
function connectIfVisible(): void {
  if (document.visibilityState !== 'visible') return disconnect();
  if (source) return;
  source = new EventSource(UPDATES_PATH);
  source.onmessage = ({data}: MessageEvent<string>) => receive(JSON.parse(data));
}

function disconnect(): void {
  source?.close();
  source = undefined;
}

type State = {serverGraph: string} | {title: string; details: string};

function receive(state: State): void {
  if ('title' in state) {
    console.error(`${state.title}\n\n${state.details}`);
    void overlay?.then(({showServerError}) => showServerError(state.title, state.details));
    return;
  }
  void overlay?.then(({hideServerError}) => hideServerError());
  const isChange = known !== undefined && known !== state.serverGraph;
  known = state.serverGraph;
  if (isChange) for (const callback of callbacks) callback();
}
