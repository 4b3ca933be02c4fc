import type {IncomingMessage, ServerResponse} from 'node:http';
import {OWN_ORIGIN_ONLY} from './ownOrigin.ts';

/** Where pages listen. `src/client/serverUpdates.ts` has the same path. */
export const UPDATES_PATH = '/__use_server_updates';

/** What pages are told: which Server Components and functions there are now, or why there are none. */
export type ServerState = {serverGraph: string} | {title: string; details: string};

/** Tells all open pages about the server, as Server-Sent Events. */
export class Updates {
  readonly #pages = new Set<ServerResponse>();
  #state: ServerState | null = null;

  publish(state: ServerState): void {
    this.#state = state;
    for (const page of this.#pages) page.write(eventOf(state));
  }

  connect(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      // "no-transform": a middleware that compresses would wait for more to compress.
      'Cache-Control': 'no-store, no-transform',
      ...OWN_ORIGIN_ONLY,
    });
    response.write(this.#state ? eventOf(this.#state) : ':\n\n');
    this.#pages.add(response);
    request.once('close', () => this.#pages.delete(response));
  }

  close(): void {
    for (const page of this.#pages) page.end();
  }
}

function eventOf(state: ServerState): string {
  return `data: ${JSON.stringify(state)}\n\n`;
}
