// Named in the option "ssr" in webpack.config.js: this file and all that it imports are in a layer of
// the bundle without the condition "react-server". So no thread is needed: server.ts just calls it.
import {loadConsumerManifest} from 'use-server-webpack-plugin/server';
import {renderPage, type PageRequest} from '../src/server/html.tsx';

const serverConsumerManifest = loadConsumerManifest();

export function renderHtml(page: PageRequest): Promise<ReadableStream> {
  return renderPage(page, serverConsumerManifest);
}
