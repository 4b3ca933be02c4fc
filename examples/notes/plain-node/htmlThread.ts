// The HTML thread. See html.ts.
import {parentPort} from 'node:worker_threads';
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';
import {renderPage} from '../src/server/html.tsx';
import {buildFile} from './build.ts';
import type {HtmlAnswer, HtmlRequest} from './html.ts';

const serverConsumerManifest = loadConsumerManifest(buildFile('react-ssr-manifest.json'));

parentPort!.on('message', async ({answer, ...page}: HtmlRequest) => {
  try {
    const html = await renderPage(page, serverConsumerManifest);
    answer.postMessage({html} satisfies HtmlAnswer, [html as never]);
  } catch (error) {
    answer.postMessage({error: String(error)} satisfies HtmlAnswer);
  }
});
