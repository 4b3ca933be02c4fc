// The HTML thread. See html.ts.
import {parentPort} from 'node:worker_threads';
import {use} from 'react';
import {renderToReadableStream} from 'react-dom/server';
import {createFromReadableStream} from 'react-server-dom-webpack/client';
import {injectRSCPayload} from 'rsc-html-stream/server';
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';
import type {Payload} from '../payload.ts';
import {buildFile} from './build.ts';
import type {HtmlAnswer, HtmlRequest, PageRequest} from './html.ts';

const serverConsumerManifest = loadConsumerManifest(buildFile('react-ssr-manifest.json'));

parentPort!.on('message', async ({answer, ...page}: HtmlRequest) => {
  try {
    const html = await render(page);
    answer.postMessage({html} satisfies HtmlAnswer, [html as never]);
  } catch (error) {
    answer.postMessage({error: String(error)} satisfies HtmlAnswer);
  }
});

async function render({flight, script}: PageRequest): Promise<ReadableStream<Uint8Array>> {
  const [forHtml, forBrowser] = flight.tee();
  const payload = createFromReadableStream<Payload>(forHtml, {serverConsumerManifest});
  const {formState} = await payload;
  const html = await renderToReadableStream(<Page payload={payload} />, {
    formState,
    bootstrapScripts: [script],
    onError: logUnlessKnown,
    // In one piece: what React streams in late needs a script to be seen.
    progressiveChunkSize: Infinity,
  });
  await html.allReady;
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
