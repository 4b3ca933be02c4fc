// Makes HTML of a page, with the React that has useState and react-dom/server: in a thread in plain
// Node, in a layer of its own in the bundle.
import {use} from 'react';
import {renderToReadableStream} from 'react-dom/server';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {injectRSCPayload} from 'rsc-html-stream/server';
import {assetPath} from './assets.ts';
import type {ServerConsumerManifest} from 'use-server-webpack-plugin/server';
import {withoutEnd, type Payload} from '../payload.ts';

export interface PageRequest {
  flight: ReadableStream<Uint8Array>;
  /** In one piece, without streaming. */
  plain: boolean;
}

/** @param serverConsumerManifest what `loadConsumerManifest` gave: where client components are */
export async function renderPage(
  {flight, plain}: PageRequest,
  serverConsumerManifest: ServerConsumerManifest,
): Promise<ReadableStream<Uint8Array>> {
  const [forHtml, forBrowser] = flight.tee();
  const payload = createFromReadableStream<Payload>(withoutEnd(forHtml), {
    serverConsumerManifest,
  });
  const {formState} = await payload;
  const html = await renderToReadableStream(<Page payload={payload} />, {
    formState,
    bootstrapScripts: [assetPath('client.js')],
    onError: logUnlessKnown,
    // React sends large parts late even when they are ready.
    progressiveChunkSize: plain ? Infinity : undefined,
  });
  if (plain) await html.allReady;
  // The browser needs the page as data too, to hydrate: written into the HTML as it streams.
  return html.pipeThrough(injectRSCPayload(forBrowser));
}

function Page({payload}: {payload: PromiseLike<Payload>}) {
  return use(payload).root;
}

/** An error with a digest comes from a Server Component, and was logged where it happened. */
function logUnlessKnown(error: unknown): string | undefined {
  const {digest} = error as {digest?: string};
  if (digest === undefined) console.error('While the HTML was made:', error);
  return digest;
}
