// A server that somebody will end in the middle of its work. Tells its parent of each request.
import {serve} from 'srvx';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {root} from './app.mjs';

const path = 'src/browser.mjs';
const names = ['endless', 'wait', 'upload'];
const handle = createServerFunctionHandler({
  manifest: Object.fromEntries(
    names.map((name) => [`${path}#${name}`, {id: path, chunks: [], name, async: true}]),
  ),
  root,
  maxBodySize: 100_000_000,
});
const server = serve({
  port: 0,
  hostname: '127.0.0.1',
  silent: true,
  gracefulShutdown: false,
  fetch(request) {
    process.send({request: request.url});
    return handle(request);
  },
});
await server.ready();
process.send({url: server.url});
process.on('disconnect', () => process.exit());
