// What webpack makes of this file is the whole server: node dist/server.js
import {renderToReadableStream} from 'react-server-dom-webpack/server';
import {serve} from 'srvx';
import {staticMiddleware} from 'srvx/static';
import {createServerFunctionHandler, loadClientManifest} from 'use-server-webpack-plugin/server';
import {Page} from './Page.jsx';
import {renderHtml} from './ssr.jsx';

const clientManifest = loadClientManifest();

const callServerFunction = createServerFunctionHandler({
  // A form that was posted without JavaScript.
  render: (request, {formState}) => renderPage(request, formState),
});

async function renderPage(request, formState) {
  const flight = renderToReadableStream({root: <Page />, formState}, clientManifest);
  if (request.headers.get('Accept') === 'text/x-component') {
    return new Response(flight, {headers: {'Content-Type': 'text/x-component', Vary: 'Accept'}});
  }
  return new Response(await renderHtml(flight, formState), {
    headers: {'Content-Type': 'text/html', Vary: 'Accept'},
  });
}

serve({
  port: process.env.PORT ?? 3000,
  middleware: [staticMiddleware({dir: `${import.meta.dirname}/public`})],
  async fetch(request) {
    if (request.method === 'GET' && new URL(request.url).pathname === '/') {
      return renderPage(request, null);
    }
    return (await callServerFunction(request)) ?? new Response('Not found', {status: 404});
  },
});
