// webpack makes build/bundled/…/server.js of this file and all that it imports. Its twin is
// ../plain-node/server.ts.
import {startServer} from '../src/server/startServer.ts';
import {renderHtml} from './html.ts';

await startServer({
  // The bundle knows its server functions, and finds the client manifest beside itself.
  publicFolder: `${import.meta.dirname}/public`,
  renderHtml,
});
