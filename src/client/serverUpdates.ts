import {hideServerError, showServerError} from './serverErrorOverlay.ts';

/** Where `developmentServer()` tells what happens to the server. `src/development/updates.ts` has the same path. */
const UPDATES_PATH = '/__use_server_updates';

const callbacks = new Set<() => void>();
/** Which Server Components and functions the server had when it was last heard of. */
let known: string | undefined;
let source: EventSource | undefined;

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
 * `use-server-webpack-plugin/development`. It does nothing, and adds nothing to a bundle, where webpack's hot
 * module replacement is off.
 *
 * @param callback runs once for each change
 * @param _options see {@link ServerUpdateOptions}
 * @returns a function that ends it
 * @example
 * useEffect(() => onServerUpdate(() => startTransition(() => setPayload(fetchPage()))), []);
 */
export function onServerUpdate(callback: () => void, _options?: ServerUpdateOptions): () => void {
  if ((import.meta as {webpackHot?: object}).webpackHot) {
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
    return showServerError(state.title, state.details);
  }
  hideServerError();
  const isChange = known !== undefined && known !== state.serverGraph;
  known = state.serverGraph;
  if (isChange) for (const callback of callbacks) callback();
}
