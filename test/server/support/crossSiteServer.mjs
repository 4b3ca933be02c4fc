// One app, `app.<top>` on its port, and on every other name and port pages of somebody else. Tells its parent
// of each request that reaches the app's handler, and what ran for it.
import {serve} from 'srvx';
import {createServerFunctionHandler} from 'use-server-webpack-plugin/server';
import {action, manifest, root, takeCalls} from './app.mjs';

const top = process.argv[2];
const start = async (fetch) => {
  const server = serve({
    port: 0,
    hostname: '127.0.0.1',
    silent: true,
    gracefulShutdown: false,
    fetch,
  });
  await server.ready();
  return Number(new URL(server.url).port);
};

const html = (body) =>
  new Response(`<!DOCTYPE html><link rel="icon" href="data:,"><title>page</title>${body}`, {
    headers: {'Content-Type': 'text/html'},
  });

/** Anybody's page, which can also answer by repeating a post elsewhere. */
function otherSite(request) {
  const to = new URL(request.url).searchParams.get('to');
  if (to) return new Response(null, {status: 307, headers: {Location: to}});
  return html('<p>Come in.</p>');
}

const otherPort = await start(otherSite);
const friend = `http://friend.${top}:${otherPort}`;
const handle = createServerFunctionHandler({
  manifest,
  root,
  allowedOrigins: [friend],
  onError() {},
});

const form = `<form method="post" enctype="multipart/form-data">
  <input type="hidden" name="$ACTION_ID_${action('submit')}"><input name="note" value="own"><button>Send</button>
</form>`;

async function app(request) {
  const url = new URL(request.url);
  if (url.pathname === '/open-redirect') return otherSite(request);
  if (url.pathname === '/log-in') {
    const page = html('welcome');
    const attributes = top === 'localhost' ? '; SameSite=None; Secure' : '';
    page.headers.append('Set-Cookie', `session=1; Path=/; HttpOnly${attributes}`);
    return page;
  }
  const handled = await handle(request);
  const {method, headers} = request;
  if (handled || method !== 'GET') {
    process.send({
      request: `${method} ${url.pathname}`,
      status: handled?.status ?? 'left to the app',
      code: handled?.headers.get('x-action-error') ?? null,
      ran: await takeCalls(),
      site: headers.get('sec-fetch-site'),
      origin: headers.get('origin'),
      cookie: headers.get('cookie'),
    });
  }
  if (!handled) return html(form);
  // What the docs say for calls from other origins: the app grants them to whom it allows them.
  if (headers.get('origin') !== friend) return handled;
  const granted = method === 'OPTIONS' ? new Response(null) : new Response(handled.body, handled);
  granted.headers.set('Access-Control-Allow-Origin', friend);
  granted.headers.set('Access-Control-Allow-Headers', 'X-Action-Id');
  granted.headers.set('Access-Control-Allow-Credentials', 'true');
  return granted;
}

const ownPort = await start((request) =>
  new URL(request.url).hostname === `app.${top}` ? app(request) : otherSite(request),
);
process.send({ownPort, otherPort});
process.on('disconnect', () => process.exit());
