// With the port in PORT, and the folder of the build in APP_BUILD.
import {createServer} from 'node:http';
import {readFileSync} from 'node:fs';
import {createNodeHandler} from 'use-server-webpack-plugin/node';
import {createMemoryCache, RefusalError} from 'use-server-webpack-plugin/server';

const folder = process.env.APP_BUILD;
const handle = createNodeHandler({
  manifest: `${folder}/server-actions-manifest.json`,
  root: import.meta.dirname,
  cache: createMemoryCache(),
  middleware: [
    async ({id}, next) => {
      if (id.endsWith('#forbidden')) throw new RefusalError(403, 'Sign in first.');
      return next();
    },
  ],
});
const page =
  '<!doctype html><html lang="en"><meta charset="utf-8"><title>App</title><div id="root"></div><script src="/client.js"></script>';

createServer((request, response) =>
  handle(request, response, () => {
    const isScript = request.url === '/client.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? readFileSync(`${folder}/public/client.js`) : page);
  }),
).listen(Number(process.env.PORT), '127.0.0.1');
