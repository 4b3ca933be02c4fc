// What TypeScript must accept of the servers that docs/servers.md names, and what it must not. Only compiled.
import {createServer} from 'node:http';
import {createSecureServer} from 'node:http2';
import type {NestExpressApplication} from '@nestjs/platform-express';
import type {INestApplication} from '@nestjs/common';
import connect from 'connect';
import express from 'express';
import Fastify from 'fastify';
import Koa from 'koa';
import type {SessionData} from 'express-session';
import {createNodeHandler, nodeRequest} from 'use-server-webpack-plugin/node';
import {withRequest} from 'use-server-webpack-plugin/server';

declare module 'express-session' {
  interface SessionData {
    user: string;
  }
}

const manifest = 'server-actions-manifest.json';
const plain = createNodeHandler({manifest});

express().use(plain);
express().use('/rsc-action', plain);
express.Router().use(plain);
express().use(
  createNodeHandler<express.Request, express.Response>({
    manifest,
    render(req, res, {formState}) {
      return withRequest(req, () =>
        res.status(200).send(`${req.originalUrl} ${String(formState === null)}`),
      );
    },
    renderError: (req, res, {status, message}) => void res.json({path: req.path, status, message}),
  }),
);
express().get('/', (req, res) => {
  withRequest(req, () => res.send(req.session.user));
});

connect().use(plain);
connect().use(
  createNodeHandler<connect.IncomingMessage>({
    manifest,
    render: (req, res) => res.end(req.originalUrl),
  }),
);

export function nest(app: INestApplication, onExpress: NestExpressApplication): void {
  app.use(plain);
  onExpress.use(plain);
}

createServer((req, res) => void plain(req, res));
createServer((req, res) => plain(req, res, (error) => void error));
const overHttp2 = createNodeHandler<
  import('node:http2').Http2ServerRequest,
  import('node:http2').Http2ServerResponse
>({
  manifest,
  render: (req, res) => res.end(req.authority),
});
createSecureServer({}, (req, res) => void overHttp2(req, res));

new Koa().use(async (ctx, next) => {
  if (await plain(ctx.req, ctx.res)) ctx.respond = false;
  else await next();
});

Fastify().addHook('onRequest', async (request, reply) => {
  if (await plain(request.raw, reply.raw)) reply.hijack();
});

export function user(): SessionData['user'] | undefined {
  return nodeRequest<express.Request>().session.user;
}

// With exactOptionalPropertyTypes, options that may be undefined.
const maybe: {render?: (() => void) | undefined} = {};
createNodeHandler({manifest, render: maybe.render, renderError: undefined});

// @ts-expect-error -- an option that does not exist
createNodeHandler({manifest, renders: () => {}});
// @ts-expect-error -- a web Request is for the other handler
void plain(new Request('http://app.test'), new Response());
createNodeHandler<express.Request, express.Response>({
  manifest,
  // @ts-expect-error -- no method of Express
  render: (_req, res) => res.sendPage(),
});
