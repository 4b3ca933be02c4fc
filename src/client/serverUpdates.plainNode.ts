import {DEFAULT_ENDPOINT, PROCESS_HEADER} from '../references/protocol.ts';
import type {ServerUpdateOptions} from './serverUpdates.ts';

/** Milliseconds between two attempts to reach a server that is starting. */
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 2000;

/** By endpoint. */
const watchers = new Map<string, Watcher>();

/**
 * `onServerUpdate` where Node runs the server from its sources: `UseServerWebpackPlugin` puts this file in the
 * place of `serverUpdates.ts`. The page asks the handler, at the endpoint of calls, which process it is, and the
 * handler answers when there is another one.
 */
export function onServerUpdate(
  callback: () => void,
  {endpoint = DEFAULT_ENDPOINT}: ServerUpdateOptions = {},
): () => void {
  if (process.env['NODE_ENV'] !== 'production') {
    return listen(callback, endpoint);
  } else {
    return () => {};
  }
}

function listen(callback: () => void, endpoint: string): () => void {
  // During SSR there is a page, but no one has opened it yet.
  if (typeof document === 'undefined') return () => {};
  let watcher = watchers.get(endpoint);
  if (!watcher) watchers.set(endpoint, (watcher = new Watcher(endpoint)));
  return watcher.add(callback);
}

class Watcher {
  readonly #endpoint: string;
  readonly #callbacks = new Set<() => void>();
  #known = '';
  #running: AbortController | undefined;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  add(callback: () => void): () => void {
    this.#callbacks.add(callback);
    if (this.#callbacks.size === 1) {
      document.addEventListener('visibilitychange', this.#runIfVisible);
      this.#runIfVisible();
    }
    return () => {
      if (!this.#callbacks.delete(callback) || this.#callbacks.size > 0) return;
      document.removeEventListener('visibilitychange', this.#runIfVisible);
      this.#stop();
    };
  }

  /** Browsers open few connections to one host, so hidden pages give theirs back. */
  readonly #runIfVisible = (): void => {
    if (document.visibilityState !== 'visible') return this.#stop();
    if (this.#running) return;
    this.#running = new AbortController();
    void this.#run(this.#running.signal);
  };

  #stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wait = SHORTEST_PAUSE;
    while (!signal.aborted) {
      const answer = await this.#ask(signal);
      if (signal.aborted || answer === 'no-development-server') return;
      if (answer === 'not-there') {
        await new Promise((fulfil) => setTimeout(fulfil, wait));
        wait = Math.min(wait * 2, LONGEST_PAUSE);
        continue;
      }
      wait = SHORTEST_PAUSE;
      const isChange = this.#known !== '' && this.#known !== answer.process;
      this.#known = answer.process;
      if (isChange) for (const callback of this.#callbacks) callback();
    }
  }

  async #ask(
    signal: AbortSignal,
  ): Promise<{process: string} | 'not-there' | 'no-development-server'> {
    try {
      const headers = {[PROCESS_HEADER]: this.#known};
      const {status, headers: answered} = await fetch(this.#endpoint, {
        method: 'POST',
        headers,
        signal,
      });
      const process = answered.get(PROCESS_HEADER);
      if (process) return {process};
      // A proxy answers so while the server is not there.
      return status >= 500 ? 'not-there' : 'no-development-server';
    } catch {
      return 'not-there';
    }
  }
}
