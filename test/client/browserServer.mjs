// A page in a browser with nothing but the bundled client on it. Prints its URL.
import {readFileSync} from 'node:fs';
import {serve} from 'srvx';
import {
  cookies,
  createMemoryCache,
  createServerFunctionHandler,
} from 'use-server-webpack-plugin/server';
import {root} from '../server/support/app.mjs';
import {bundle} from './support/bundle.mjs';

const names = ['upload', 'endless', 'closedCount', 'wait', 'setTheme', 'touch', 'leave'];
const path = 'src/browser.mjs';
const script = readFileSync(
  await bundle(
    `import * as client from 'use-server-webpack-plugin/client';
     const pages = [];
     const callServer = client.createCallServer({
       onPage: async (page) => pages.push((await page).text),
     });
     const actions = Object.fromEntries(${JSON.stringify(names)}.map((name) =>
       [name, client.createServerReference('${path}#' + name, callServer)]));
     Object.assign(window, {client, actions, pages});`,
  ),
);
const handle = createServerFunctionHandler({
  manifest: Object.fromEntries(
    names.map((name) => [`${path}#${name}`, {id: path, chunks: [], name, async: true}]),
  ),
  root,
  maxBodySize: 50_000_000,
  cache: createMemoryCache(),
  renderPage: (request) => ({
    text: `${new URL(request.url).pathname} in ${cookies().get('theme')?.value ?? 'no theme'}`,
  }),
});
const server = serve({
  port: 0,
  hostname: '127.0.0.1',
  silent: true,
  gracefulShutdown: false,
  async fetch(request) {
    const {pathname} = new URL(request.url);
    if (pathname === '/client.js') {
      return new Response(script, {headers: {'Content-Type': 'text/javascript'}});
    }
    const page = new Response(
      `<!DOCTYPE html><link rel="icon" href="data:,"><title>${pathname}</title><script src="/client.js"></script>`,
      {headers: {'Content-Type': 'text/html'}},
    );
    return (await handle(request)) ?? page;
  },
});
await server.ready();
console.log(server.url);
process.on('disconnect', () => process.exit());
