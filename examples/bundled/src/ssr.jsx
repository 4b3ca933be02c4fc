// Makes HTML. This file and what it imports are built without the "react-server" condition.
import {use} from 'react';
import {renderToReadableStream} from 'react-dom/server';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {injectRSCPayload} from 'rsc-html-stream/server';
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';

const serverConsumerManifest = loadConsumerManifest();

export async function renderHtml(flight) {
  const [forHtml, forBrowser] = flight.tee();
  const payload = createFromReadableStream(forHtml, {serverConsumerManifest});
  const html = await renderToReadableStream(<Root payload={payload} />, {
    formState: (await payload).formState,
    bootstrapScripts: ['/client.js'],
  });
  // The browser needs the page as data too, to hydrate.
  return html.pipeThrough(injectRSCPayload(forBrowser));
}

function Root({payload}) {
  return use(payload).root;
}
