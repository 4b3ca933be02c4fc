import type {IncomingMessage, ServerResponse} from 'node:http';
import type {DevelopmentError} from './developmentError.ts';
import {UPDATES_PATH} from './updates.ts';

/** Whether a browser asks for a page, and not a program for data. */
export function wantsPage({headers}: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') ?? false;
}

/** Shows what is wrong. A page loads itself again when it is mended. */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: DevelopmentError,
): void {
  const isPage = wantsPage(request);
  response.writeHead(500, {
    'Content-Type': `${isPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
    'Cache-Control': 'no-store',
  });
  response.end(isPage ? errorPage(error) : error.message);
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
<p>This page loads again when it is mended.</p>
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
