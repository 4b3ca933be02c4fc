// Node runs this file: the server from its sources. Its twin is ../bundled/server.ts.
import {startServer} from '../src/server/startServer.ts';
import {buildFile, buildFolder} from './build.ts';
import {renderHtml, startHtmlThread} from './html.ts';

startHtmlThread();
await startServer({
  // Node does not know what webpack has built for the browser: files say it.
  serverManifest: buildFile('server-actions-manifest.json'),
  clientManifest: buildFile('react-client-manifest.json'),
  publicFolder: buildFolder,
  renderHtml,
});
