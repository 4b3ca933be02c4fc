// Every call of a server function in the browser goes through here: see `callServer` in
// webpack.shared.js.
import {createCallServer} from 'use-server-webpack-plugin/client';
import {askToTryAgain} from './failures.ts';
import {lastCall} from './lastCall.ts';
import {showPage} from './pages.ts';

const call = createCallServer({
  callServer,
  // The page, rendered again after a revalidation. It comes with the result, in one response.
  onPage: showPage,
  onFailure: askToTryAgain,
});

export async function callServer(id: string, args: unknown[]): Promise<unknown> {
  const start = performance.now();
  const result = await call(id, args);
  lastCall.set({id, milliseconds: Math.round(performance.now() - start)});
  return result;
}
