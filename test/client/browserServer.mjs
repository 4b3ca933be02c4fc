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
import {answerPlace} from './support/places.mjs';

const names = [
  'upload',
  'readProgress',
  'endless',
  'closedCount',
  'wait',
  'setTheme',
  'touch',
  'leave',
  'download',
  'increase',
  'same',
  'keep',
  'readKept',
];
const path = 'src/browser.mjs';
const script = readFileSync(
  await bundle(
    `import {createElement, useActionState} from 'react';
     import {createRoot} from 'react-dom/client';
     import * as client from 'use-server-webpack-plugin/client';
     const pages = [];
     const callServer = client.createCallServer({
       onPage: async (page) => pages.push((await page).text),
     });
     const actions = Object.fromEntries(${JSON.stringify(names)}.map((name) =>
       [name, client.createServerReference('${path}#' + name, callServer)]));
     Object.assign(window, {client, actions, pages});

     function Form({action, text}) {
       return createElement('form', {action}, createElement('button', null, text));
     }
     function Widget() {
       const [, download, isPending] = useActionState(actions.download, 0);
       const [count, increase] = useActionState(actions.increase, 0);
       return [
         createElement(Form, {key: 1, action: download, text: isPending ? 'Wait' : 'Download'}),
         createElement(Form, {key: 2, action: increase, text: count}),
       ];
     }
     const root = document.getElementById('root');
     if (root) {
       root.replaceChildren();
       createRoot(root).render(createElement(Widget));
     }`,
  ),
);
/** A form as React's server renderer writes it. */
const widget = `<div id="root"><form method="post" enctype="multipart/form-data">
  <input type="hidden" name="$ACTION_ID_${path}#download"><button>Download</button>
</form></div>`;
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
    const place = answerPlace(request);
    if (place) return place;
    const page = new Response(
      `<!DOCTYPE html><link rel="icon" href="data:,"><title>${pathname}</title>${pathname === '/widget' ? widget : ''}<script src="/client.js"></script>`,
      {headers: {'Content-Type': 'text/html'}},
    );
    return (await handle(request)) ?? page;
  },
});
await server.ready();
console.log(server.url);
process.on('disconnect', () => process.exit());
