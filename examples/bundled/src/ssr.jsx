// Makes HTML. This file and what it imports are built without the "react-server" condition.
import {use} from 'react';
import {renderToReadableStream} from 'react-dom/server';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {injectRSCPayload} from 'rsc-html-stream/server';
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';

const serverConsumerManifest = loadConsumerManifest();

export async function renderHtml(flight, formState) {
  const [forHtml, forBrowser] = flight.tee();
  let payload;
  function Root() {
    // Read while HTML is made: so React links the scripts and stylesheets that components need.
    payload ??= createFromReadableStream(forHtml, {serverConsumerManifest});
    return use(payload).root;
  }
  const html = await renderToReadableStream(<Root />, {
    formState,
    bootstrapScripts: ['/client.js'],
  });
  // The browser needs the page as data too, to hydrate.
  return html.pipeThrough(injectRSCPayload(forBrowser));
}
