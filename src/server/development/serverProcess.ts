import {PROCESS_HEADER} from '../../references/protocol.ts';
import type {ServerFunctions} from '../manifest/manifest.ts';
import type {Answer} from '../answer/answer.ts';
import type {Incoming} from '../request/incoming.ts';
import {reactIsDevelopment} from '../platform/mode.ts';

/** Milliseconds after which a page asks again: proxies end what is silent for longer. */
const LONGEST_WAIT = 25_000;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let ownId: string | undefined;
let isEnding = false;

/** Not when the module is loaded: some runtimes have no random numbers then. */
function processId(): string {
  return (ownId ??= crypto.randomUUID());
}

/**
 * Whether a page wants to know when another server process has taken the place of the one that it knows. See
 * `src/client/serverUpdates.plainNode.ts`. In production nothing is asked, and nothing answered.
 */
export function asksForProcess(incoming: Incoming): boolean {
  return reactIsDevelopment && incoming.header(PROCESS_HEADER) !== null;
}

/**
 * Answers such a request: at once when the page knows another process, else after a while. This process
 * ends meanwhile, if there is something new, and the page asks the next one.
 *
 * @param functions wait while webpack is about to write the manifests: what the page fetches next needs them
 */
export async function answerProcess(
  incoming: Incoming,
  functions: Pick<ServerFunctions, 'settle'>,
): Promise<Answer> {
  if (incoming.header(PROCESS_HEADER) === processId()) await pause(incoming);
  else await functions.settle?.();
  const headers = {'Cache-Control': 'no-store'};
  // The client does not take it for an answer, and asks again.
  if (isEnding) return {status: 503, headers};
  return {status: 204, headers: {...headers, [PROCESS_HEADER]: processId()}};
}

function pause(incoming: Incoming): Promise<void> {
  return new Promise((fulfil) => {
    const stop = () => {
      clearTimeout(timer);
      for (const signal of watched) process.off(signal, end);
      incoming.offLeave(stop);
      fulfil();
    };
    const end = () => {
      isEnding = true;
      stop();
    };
    const timer = setTimeout(stop, LONGEST_WAIT);
    // A server that ends in an orderly way waits for its requests. Where nothing else listens for a signal,
    // it ends the process, and a listener would keep it from that.
    const watched = SIGNALS.filter((signal) => globalThis.process?.listenerCount?.(signal) > 0);
    for (const signal of watched) process.on(signal, end);
    incoming.onLeave(stop);
    if (isEnding || incoming.leaveReason() !== undefined) stop();
  });
}
