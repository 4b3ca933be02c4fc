import type {IncomingMessage, ServerResponse} from 'node:http';
import {FRAME_STYLES, frameHtml} from '../ui/frameHtml.ts';
import {escapeHtml, htmlPage, scriptData} from '../ui/html.ts';
import type {DevelopmentError} from './developmentError.ts';
import {OWN_ORIGIN_ONLY} from './ownOrigin.ts';
import {isFromOtherOrigin} from './requestSource.ts';
import {UPDATES_PATH} from './updates.ts';

/** Whether a browser asks for a page, and not a program for data. */
export function wantsPage({headers}: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/**
 * Shows what is wrong. A page loads itself again when that is put right. Scripts of other origins hear
 * no more than that something is wrong.
 */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: DevelopmentError,
): void {
  if (isFromOtherOrigin(request)) {
    return send(response, 500, 'The development server has an error. Its own pages show it.');
  }
  if (wantsPage(request)) send(response, 500, errorPage(error), 'text/html');
  else send(response, 500, error.message);
}

/** @param host as the request has it; `''` for none */
export function refuseHost(response: ServerResponse, host: string): void {
  send(
    response,
    403,
    host === ''
      ? 'A request without a host is not allowed.'
      : `The host ${JSON.stringify(host)} is not allowed. If it is yours, add its name to the option "allowedHosts" of developmentServer().`,
  );
}

export function refuseOrigin(response: ServerResponse): void {
  send(response, 403, 'Only pages of this development server can listen to its updates.');
}

function send(response: ServerResponse, status: number, text: string, type = 'text/plain'): void {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    ...OWN_ORIGIN_ONLY,
  });
  response.end(text);
}

function errorPage({title, details}: DevelopmentError): string {
  return htmlPage({
    title,
    styles: FRAME_STYLES + PAGE_STYLES,
    body: `<main>
<p><span class="chip server">Server</span></p>
<h1>${escapeHtml(title)}</h1>
<pre class="card frame" tabindex="0" aria-label="Details">${frameHtml(details)}</pre>
<p class="soft">This page loads again when the error is fixed.</p>
</main>`,
    script: `
new EventSource(${scriptData(UPDATES_PATH)}).onmessage = ({data}) => {
  if ('serverGraph' in JSON.parse(data)) location.reload();
};`,
  });
}

const PAGE_STYLES = `
main { display: grid; gap: 1rem; max-width: 60rem; margin: 0 auto; padding: 2.5rem 1.25rem; }
main > * { min-width: 0; }
h1 { color: var(--danger); font-size: 1.375rem; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  main { padding: 1.5rem 1rem; }
}
`;
