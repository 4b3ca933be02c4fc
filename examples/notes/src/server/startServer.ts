import cluster from 'node:cluster';
import type {ServerResponse} from 'node:http';
import {setTimeout} from 'node:timers/promises';
import {serve} from 'srvx';
import {closeCache} from '../cache.ts';
import {closeDatabase, database} from '../db.ts';
import {errorPage} from './errorPage.ts';
import {createRequestHandler, logError, type Surroundings} from './requestHandler.ts';

const PATIENCE_MS = 10_000;
/** webpack sets this variable for `npm run dev`. */
const isBehindDevServer = Boolean(process.env.WEBPACK_SERVE);

/** Listens until the process is told to end. */
export async function startServer(surroundings: Surroundings): Promise<void> {
  const handle = createRequestHandler(surroundings);
  let isStopping = false;
  const port = Number(process.env.PORT ?? 3000);

  const opening = database().catch((error: unknown) => {
    // A server that does not answer may come back: the app starts, says so, and tries again later.
    console.error('The database cannot be used:', error);
    if (!process.env.DATABASE_URL) process.exit(1);
  });
  // The process that a dev server replaces gives an embedded database free when this one listens, so
  // requests have to wait for it.
  if (!isBehindDevServer) await opening;
  const server = serve({
    port,
    // Only for this computer. The app has no log-in: set HOST to open it to others.
    hostname: process.env.HOST ?? 'localhost',
    fetch: handle,
    error(error) {
      return errorPage(500, `The server's log has more under ${logError(error)}.`);
    },
    // The processes of a cluster share the port; see deploy/cluster.js.
    node: {exclusive: !cluster.isWorker},
    silent: true,
    gracefulShutdown: false,
  });
  await server.ready();
  server.node?.server?.prependListener('request', (_request, response: ServerResponse) => {
    // A browser goes on with another connection, and so with another process.
    if (isStopping) response.shouldKeepAlive = false;
  });
  // A dev server and a primary process have addresses of their own.
  if (!isBehindDevServer && !cluster.isWorker) {
    console.log(`Notes is ready: http://localhost:${port}`);
  }

  async function stop(): Promise<void> {
    if (isStopping) return;
    isStopping = true;
    // What is under way is answered first; a stream without an end does not hold the process.
    await Promise.race([server.close(), setTimeout(PATIENCE_MS)]);
    await server.close(true);
    await closeCache();
    await closeDatabase();
    process.exit();
  }
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // start.js is gone, without a signal to us.
  process.on('disconnect', stop);
}
