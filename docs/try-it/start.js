// npm run try-it: builds the page and serves it.
import {serve} from 'srvx';
import {staticMiddleware} from 'srvx/static';
import {buildPage} from './build.js';

const folder = `${import.meta.dirname}/build`;
console.log('Building the page.');
await buildPage(folder);
const serveFile = staticMiddleware({dir: folder});
const server = serve({
  port: process.env.PORT ?? 3000,
  hostname: 'localhost',
  silent: true,
  fetch: (request) => serveFile(request, () => new Response('Not found', {status: 404})),
});
await server.ready();
console.log(`Try the compiler on ${server.url}`);
