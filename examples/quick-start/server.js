import {serve} from 'srvx';
import {staticMiddleware} from 'srvx/static';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';

const callServerFunction = createServerFunctionHandler({
  manifest: 'build/server-actions-manifest.json',
});
const page =
  '<!doctype html><meta charset="utf-8"><title>Guest book</title><div id="root"></div><script src="/main.js"></script>';

serve({
  port: process.env.PORT ?? 3000,
  middleware: [staticMiddleware({dir: 'build/public'})],
  async fetch(request) {
    if (request.method === 'GET') {
      return new Response(page, {headers: {'Content-Type': 'text/html'}});
    }
    return (await callServerFunction(request)) ?? new Response('Not found', {status: 404});
  },
});
