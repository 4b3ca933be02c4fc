// The handler for node:http, in production, as one puts it into an app without a framework.
import {createServer} from 'node:http';
import {createElement} from 'react';
import {renderToPipeableStream} from 'react-server-dom-webpack/server';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {note} from '../support/note.js';
import {Page} from './page.js';

const handle = createNodeHandler({
  manifest: `${import.meta.dirname}/build/server-actions-manifest.json`,
  bodyTimeout: Number(process.env.BODY_TIMEOUT ?? 30_000),
  onError() {},
});

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    renderToPipeableStream(createElement(Page, {note}), {}).pipe(response);
    return;
  }
  void handle(request, response, () => response.writeHead(404).end('Not found'));
});
server.listen(0, '127.0.0.1', () => process.send({port: server.address().port}));
