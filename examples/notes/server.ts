// The server: pages, calls of server functions, and the files that webpack made.
import {randomUUID} from 'node:crypto';
import {createElement} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {serve} from 'srvx';
import {staticMiddleware} from 'srvx/static';
import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
import {App} from './src/app/App.tsx';
import {cache, closeCache} from './src/cache.ts';
import {closeDatabase, database} from './src/db.ts';
import {buildFile, buildFolder} from './src/server/build.ts';
import {errorPage} from './src/server/errorPage.ts';
import {renderHtml, startHtmlWorker} from './src/server/html.ts';
import type {Payload} from './src/payload.ts';

const clientManifest = loadClientManifest(buildFile('react-client-manifest.json'));

const handleServerFunction = createServerFunctionHandler({
  manifest: buildFile('server-actions-manifest.json'),
  clientManifest,
  cache,
  onError: logError,
  // A form posted without JavaScript: a page again, with what the form has to say; or, where it has
  // nothing to say, a redirect, so that "reload" does not post it twice.
  render: (request, {formState}) =>
    formState ? renderPage(request, formState) : Response.redirect(request.url, 303),
});
const serveAsset = staticMiddleware({dir: buildFolder});

async function handle(request: Request): Promise<Response> {
  const {pathname} = new URL(request.url);
  // One flat folder of scripts and styles is public; the manifests beside it are not.
  if (/^\/assets\/[\w.-]+\.(js|css|map)$/.test(pathname)) return serveAsset(request, notFound);
  if (request.method === 'POST') return handlePost(request);
  if (pathname === '/') return renderPage(request, null);
  return notFound();
}

async function handlePost(request: Request): Promise<Response> {
  const answer = (await handleServerFunction(request)) ?? notFound();
  const isForPeople = request.headers.get('Accept')?.includes('text/html');
  return isForPeople && answer.status >= 400
    ? errorPage(answer.status, await answer.text())
    : answer;
}

async function renderPage(request: Request, formState: Payload['formState']): Promise<Response> {
  const plain = new URL(request.url).searchParams.has('plain');
  const payload: Payload = {root: createElement(App, {plain}), formState};
  const flight = renderToReadableStream(payload, clientManifest, {
    onError: logError,
    // React's development build tells the browser's DevTools the props of Server Components, rows
    // of the database, and paths of this machine. This app keeps them to itself.
    debugChannel: {writable: new WritableStream()},
  });
  const headers = {
    Vary: 'Accept',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
  if (request.headers.get('Accept') === 'text/x-component') {
    return new Response(flight, {headers: {...headers, 'Content-Type': 'text/x-component'}});
  }
  const html = await renderHtml({flight, plain});
  return new Response(html, {headers: {...headers, 'Content-Type': 'text/html; charset=utf-8'}});
}

/** @returns the digest: the one thing about an error that people see in production */
function logError(error: unknown): string {
  const digest = randomUUID().slice(0, 8);
  console.error(`[${digest}]`, error);
  return digest;
}

function notFound(): Response {
  return new Response('Not found', {status: 404});
}

const port = Number(process.env.PORT ?? 3000);

await database().catch((error: unknown) => {
  // A server that does not answer may come back: the app starts, says so, and tries again later.
  console.error('The database cannot be used:', error);
  if (!process.env.DATABASE_URL) process.exit(1);
});
startHtmlWorker();
const server = serve({
  port,
  // Only for this computer. The app has no log-in: set HOST to open it to others.
  hostname: process.env.HOST ?? 'localhost',
  fetch: handle,
  error(error) {
    return errorPage(500, `The server's log has more under ${logError(error)}.`);
  },
  silent: true,
  gracefulShutdown: false,
});
await server.ready();
console.log(`Notes is ready: http://localhost:${port}`);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server.close(true);
  await closeCache();
  await closeDatabase();
  process.exit();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// start.js is gone, without a signal to us.
process.on('disconnect', stop);
