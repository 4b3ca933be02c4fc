import type {IncomingMessage, ServerResponse} from 'node:http';
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
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escapeHtml(title)}</title>
<style>
  body { margin: 2rem; font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
  pre { overflow-x: auto; padding: 1rem; border: 1px solid; font: 0.875rem/1.4 ui-monospace, monospace; }
</style>
<h1>${escapeHtml(title)}</h1>
<pre>${escapeHtml(details)}</pre>
<p>This page loads again when the error is fixed.</p>
<script>
  new EventSource(${JSON.stringify(UPDATES_PATH)}).onmessage = ({data}) => {
    if ('serverGraph' in JSON.parse(data)) location.reload();
  };
</script>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
