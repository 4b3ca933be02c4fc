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
/** Ends the waiting of each request. */
const waiting = new Set<() => void>();
/** Signals that are listened for, once for all requests that wait. */
const watched = new Set<NodeJS.Signals>();

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
      waiting.delete(stop);
      if (waiting.size === 0) ignoreSignals();
      incoming.offLeave(stop);
      fulfil();
    };
    const timer = setTimeout(stop, LONGEST_WAIT);
    waiting.add(stop);
    watchSignals();
    incoming.onLeave(stop);
    if (isEnding || incoming.leaveReason() !== undefined) stop();
  });
}

/**
 * A server that ends in an orderly way waits for its requests. Where nothing else listens for a signal, it ends
 * the process, and a listener would keep it from that.
 */
function watchSignals(): void {
  for (const signal of SIGNALS) {
    if (watched.has(signal) || !(globalThis.process?.listenerCount?.(signal) > 0)) continue;
    watched.add(signal);
    process.on(signal, end);
  }
}

function ignoreSignals(): void {
  for (const signal of watched) process.off(signal, end);
  watched.clear();
}

function end(): void {
  isEnding = true;
  for (const stop of waiting) stop();
}
