import type {ListenToItems, StartRecord} from '../server/development/recording.ts';
import {inspectorLine} from '../references/inspectorLine.ts';
import {sharedState} from '../server/platform/sharedState.ts';
import {addressFile} from './address.ts';
import {Calls} from './calls.ts';
import {listen} from './listen.ts';

const state = sharedState('inspector', () => ({
  calls: new Calls(),
  listening: undefined as Promise<void> | undefined,
}));

/** See `InspectorModule` in `src/server/development/recording.ts`. */
export function startInspector(listenToItems: ListenToItems): StartRecord {
  const {calls} = state;
  // No call waits for it. Where it cannot listen, there is no page, and the calls go on.
  state.listening ??= start(calls).catch(() => {});
  return (kind, inspected) => calls.begin(kind, inspected, listenToItems);
}

async function start(calls: Calls): Promise<void> {
  const {key, port} = await listen(addressFile(process.argv[1] ?? ''), calls);
  // Where Node prints the address of its debugger: what a program prints may be for another program.
  process.stderr.write(inspectorLine(`http://127.0.0.1:${port}/${key}/`));
}
