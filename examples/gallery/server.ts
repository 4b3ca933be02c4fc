// The server: pages, calls of server functions, and the files that webpack made.
import {randomUUID} from 'node:crypto';
import {createElement, type ReactNode} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {serve} from 'srvx';
import {staticMiddleware} from 'srvx/static';
import {
  createServerFunctionHandler,
  loadClientManifest,
  withRequest,
} from 'use-server-webpack-plugin/server';
import {PatternPage} from './src/app/PatternPage.tsx';
import {StartPage} from './src/app/StartPage.tsx';
import {cache} from './src/cache.ts';
import {sleep} from './src/memory.ts';
import {findPattern} from './src/patterns.ts';
import {buildFile, buildFolder} from './src/server/build.ts';
import {errorPage} from './src/server/errorPage.ts';
import {
  forgetFormAnswer,
  readPost,
  redirectToAnswer,
  takeFormAnswer,
} from './src/server/formAnswers.ts';
import {renderHtml, startHtmlWorker} from './src/server/html.ts';
import type {Exchange} from './src/travel/exchange.ts';
import type {Payload} from './src/payload.ts';

const clientManifest = loadClientManifest(buildFile('react-client-manifest.json'));

const handleServerFunction = createServerFunctionHandler({
  manifest: buildFile('server-actions-manifest.json'),
  clientManifest,
  // For the page that takes a file.
  maxBodySize: 20_000_000,
  cache,
  onError: logError,
  // The page that comes back with a result, after a revalidation.
  renderPage: ({url}): Payload => ({root: findPage(url), formState: null}),
  // A form posted without JavaScript: a redirect to the page, so that "reload" does not post it twice.
  // With `useActionState` there is always a state to show, so it waits for the page.
  render: (request, {formState}) =>
    redirectToAnswer(request.url, {formState, post: posts.get(request)}),
  // The same, when the function threw or the form was refused.
  renderError: (_, {status, message}) => errorPage(status, message),
});
/** What forms without JavaScript have posted, for the panel "What travelled". */
const posts = new WeakMap<Request, Exchange | undefined>();
const serveAsset = staticMiddleware({dir: buildFolder});

async function handle(request: Request): Promise<Response> {
  const {pathname, search} = new URL(request.url);
  // One flat folder of scripts and styles is public; the manifests beside it are not.
  if (/^\/assets\/[\w.-]+\.(js|css|map)$/.test(pathname)) {
    if (search === '?late') await sleep(3000);
    return serveAsset(request, notFound);
  }
  if (request.method === 'POST') {
    posts.set(request, await readPost(request));
    return (await handleServerFunction(request)) ?? notFound();
  }
  return servePage(request);
}

async function servePage(request: Request): Promise<Response> {
  const answer = takeFormAnswer(request);
  const root = findPage(request.url, answer?.post);
  if (!root) return notFound();
  const payload: Payload = {root, formState: answer?.formState ?? null};
  // Within the request, so that the page can read its cookies and headers.
  const flight = withRequest(request, () =>
    renderToReadableStream(payload, clientManifest, {onError: logError}),
  );
  const script = `/assets/client.js${new URL(request.url).searchParams.has('late-script') ? '?late' : ''}`;
  const html = await renderHtml({flight, script});
  return new Response(html, {
    headers: {
      'Cache-Control': 'no-store',
      'Content-Type': 'text/html; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      ...(answer && {'Set-Cookie': forgetFormAnswer(request.url)}),
    },
  });
}

/** The Server Component that answers a URL. */
function findPage(url: string, post?: Exchange): ReactNode {
  const {pathname, searchParams} = new URL(url);
  if (pathname === '/') return createElement(StartPage);
  const pattern = findPattern(pathname.slice(1));
  return pattern && createElement(PatternPage, {pattern, searchParams, post});
}

/** @returns the digest: the one thing about an error that people see in production */
function logError(error: unknown): string {
  const digest = randomUUID().slice(0, 8);
  console.error(`[${digest}]`, error);
  return digest;
}

function notFound(): Response {
  return errorPage(404, 'There is no such page in the gallery.');
}

const port = Number(process.env.PORT ?? 3000);

startHtmlWorker();
const server = serve({
  port,
  // Only for this computer. Set HOST to open the gallery to others.
  hostname: process.env.HOST ?? 'localhost',
  fetch: handle,
  error(error) {
    return errorPage(500, `The server's log has more under ${logError(error)}.`);
  },
  silent: true,
  gracefulShutdown: false,
});
await server.ready();
console.log(`The gallery is ready: http://localhost:${port}`);

async function stop(): Promise<void> {
  await server.close(true);
  process.exit();
}
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// start.js is gone, without a signal to us.
process.on('disconnect', stop);
