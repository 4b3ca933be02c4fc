// What the server answers: pages, calls of server functions, and the files that webpack made.
import {randomUUID} from 'node:crypto';
import {createElement} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {staticMiddleware} from 'srvx/static';
import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
import {App} from '../app/App.tsx';
import {cache} from '../cache.ts';
import type {Payload} from '../payload.ts';
import {isAsset} from './assets.ts';
import {errorPage} from './errorPage.ts';
import type {PageRequest} from './html.tsx';

/** What differs between plain Node and the bundle: plain-node/server.ts and bundled/server.ts say it. */
export interface Surroundings {
  /** Path of server-actions-manifest.json. The bundle needs none. */
  serverManifest?: string;
  /** Path of react-client-manifest.json. The bundle needs none. */
  clientManifest?: string;
  /** The folder that assets/ is in. */
  publicFolder: string;
  /** Makes HTML, with the React that has no condition "react-server". */
  renderHtml: (page: PageRequest) => Promise<ReadableStream>;
}

export function createRequestHandler(
  surroundings: Surroundings,
): (request: Request) => Promise<Response> {
  const clientManifest = loadClientManifest(surroundings.clientManifest);
  const handleServerFunction = createServerFunctionHandler({
    manifest: surroundings.serverManifest,
    clientManifest,
    cache,
    onError: logError,
    // A form posted without JavaScript: a page again, with what the form has to say; or, where it has
    // nothing to say, a redirect, so that "reload" does not post it twice.
    render: (request, {formState}) =>
      formState ? renderPage(request, formState) : Response.redirect(request.url, 303),
  });
  const serveAsset = staticMiddleware({dir: surroundings.publicFolder});

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
    const html = await surroundings.renderHtml({flight, plain});
    return new Response(html, {headers: {...headers, 'Content-Type': 'text/html; charset=utf-8'}});
  }

  return async function handle(request) {
    const {pathname} = new URL(request.url);
    if (isAsset(pathname)) return serveAsset(request, notFound);
    if (request.method === 'POST') return handlePost(request);
    if (pathname === '/') return renderPage(request, null);
    return notFound();
  };
}

/** @returns the digest: the one thing about an error that people see in production */
export function logError(error: unknown): string {
  const digest = randomUUID().slice(0, 8);
  console.error(`[${digest}]`, error);
  return digest;
}

function notFound(): Response {
  return new Response('Not found', {status: 404});
}
