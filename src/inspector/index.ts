import {request} from 'node:http';
import type {ListenToItems, StartRecord} from '../server/development/recording.ts';
import {inspectorLine} from '../references/inspectorLine.ts';
import {sharedState} from '../server/platform/sharedState.ts';
import {addressFile, readAddress, writeAddress} from './address.ts';
import {Calls} from './calls.ts';
import {InspectorServer, PortTaken} from './server.ts';

const state = sharedState('inspector', () => ({
  calls: new Calls(),
  listening: undefined as Promise<void> | undefined,
}));

/** See `InspectorModule` in `src/server/development/recording.ts`. */
export function startInspector(listenToItems: ListenToItems): StartRecord {
  const {calls} = state;
  // No call waits for it. Where it cannot listen, there is no page, and the calls go on.
  state.listening ??= listen(calls).catch(() => {});
  return (kind, inspected) => calls.begin(kind, inspected, listenToItems);
}

async function listen(calls: Calls): Promise<void> {
  const file = addressFile(process.argv[1] ?? '');
  const {key, port: last} = readAddress(file);
  const server = new InspectorServer(key, calls);
  const port = await listenAt(server, last, key);
  writeAddress(file, {key, port});
  // Where Node prints the address of its debugger: what a program prints may be for another program.
  process.stderr.write(inspectorLine(`http://127.0.0.1:${port}/${key}/`));
}

/** The port that an open page knows, also when the process before has not ended yet; else any. */
async function listenAt(
  server: InspectorServer,
  last: number | undefined,
  key: string,
): Promise<number> {
  if (last === undefined) return server.listen(0);
  try {
    return await server.listen(last);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    const isFree = await takeOver(last, key);
    return server.listen(isFree ? last : 0).catch(() => server.listen(0));
  }
}

/** @returns whether the process before has given its port */
function takeOver(port: number, key: string): Promise<boolean> {
  return new Promise((resolve) => {
    const options = {host: '127.0.0.1', port, method: 'POST', path: `/${key}/hand-over`};
    const asking = request({...options, timeout: 1000}, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false)).end();
  });
}
