// What the server answers: pages, calls of server functions, and the files that webpack made.
import {randomUUID} from 'node:crypto';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {staticMiddleware} from 'srvx/static';
import {
  createServerFunctionHandler,
  loadClientManifest,
  NotFoundError,
  RequestError,
} from 'use-server-webpack-plugin/server';
import {cache} from '../cache.ts';
import type {FormAnswer} from '../formAnswer.ts';
import {MAX_IMAGE_BYTES} from '../imageForm.ts';
import type {Payload} from '../payload.ts';
import {isAsset} from './assets.ts';
import {errorPage} from './errorPage.ts';
import type {PageRequest} from './html.tsx';
import {imageId, serveImage} from './images.ts';
import {createPage, isPlain} from './page.ts';

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
    // An image, and the rest of its form.
    maxBodySize: MAX_IMAGE_BYTES + 100_000,
    // A call that changed something brings the page along.
    renderPage: (request) => createPage(request, null),
    // A form posted without JavaScript: a redirect when it is done, so that "reload" does not post it
    // twice; or a page again, with what the form has to say.
    render: (request, {formState, result}) =>
      (result as FormAnswer | undefined)?.done
        ? Response.redirect(request.url, 303)
        : renderPage(request, formState),
    renderError: (_, {status, error, message}) => errorPage(status, explain(error) ?? message),
  });
  const serveAsset = staticMiddleware({dir: surroundings.publicFolder});

  async function renderPage(request: Request, formState: Payload['formState']): Promise<Response> {
    const flight = renderToReadableStream(createPage(request, formState), clientManifest, {
      onError: logError,
      // React's development build tells the browser's DevTools the props of Server Components, rows
      // of the database, and paths of this machine. The HTML of this app does without them.
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
    const html = await surroundings.renderHtml({flight, plain: isPlain(request)});
    return new Response(html, {headers: {...headers, 'Content-Type': 'text/html; charset=utf-8'}});
  }

  return async function handle(request) {
    const {pathname} = new URL(request.url);
    if (isAsset(pathname)) return serveAsset(request, notFound);
    if (request.method === 'POST') return (await handleServerFunction(request)) ?? notFound();
    if (pathname === '/') return renderPage(request, null);
    const image = imageId(pathname);
    return (image ? await serveImage(image) : undefined) ?? notFound();
  };
}

/** @returns the digest: the one thing about an error that people see in production */
export function logError(error: unknown): string {
  const digest = randomUUID().slice(0, 8);
  console.error(`[${digest}]`, error);
  return digest;
}

/** What the handler cannot know. */
function explain(error: unknown): string | undefined {
  if (error instanceof NotFoundError) return 'This note was deleted elsewhere.';
  if (error instanceof RequestError && error.code === 'body-too-large') {
    return 'That is more than the server takes. An image can have 1.5 MB at most.';
  }
  return undefined;
}

function notFound(): Response {
  return new Response('Not found', {status: 404});
}
