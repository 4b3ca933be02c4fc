// The handler for web requests, in production: srvx puts it on node:http.
import {createElement} from 'react';
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {FastResponse, serve} from 'srvx';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {note} from '../support/note.js';
import {Page} from './page.js';

globalThis.Response = FastResponse;

const callServerFunction = createServerFunctionHandler({
  manifest: `${import.meta.dirname}/build/server-actions-manifest.json`,
  bodyTimeout: Number(process.env.BODY_TIMEOUT ?? 30_000),
  onError() {},
});

const server = serve({
  port: 0,
  hostname: '127.0.0.1',
  silent: true,
  gracefulShutdown: false,
  async fetch(request) {
    if (request.method === 'GET') {
      return new Response(renderToReadableStream(createElement(Page, {note}), {}));
    }
    return (await callServerFunction(request)) ?? new Response('Not found', {status: 404});
  },
});
await server.ready();
process.send({port: server.node.server.address().port});
