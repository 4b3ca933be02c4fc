import {randomBytes} from 'node:crypto';
import {request} from 'node:http';
import {newKey, readAddress, writeAddress, type KeptAddress} from './address.ts';
import type {Calls} from './calls.ts';
import {isKey} from './guard.ts';
import {handOverPath, handOverProof} from './handOver.ts';
import {InspectorServer, PortTaken} from './server.ts';

/** Milliseconds. */
const LONGEST_WAIT = 1000;
const LONGEST_ANSWER = 100;

/**
 * Lets the inspector listen where an open page looks for it, or else at another port.
 *
 * @param file where the address is kept from one process to the next
 * @returns where it is
 */
export async function listen(file: string | undefined, calls: Calls): Promise<KeptAddress> {
  const address = (await listenAgain(readAddress(file), calls)) ?? (await listenAnew(calls));
  writeAddress(file, address);
  return address;
}

/** At the port that the process before had, also when that one has not ended yet. */
async function listenAgain(
  kept: KeptAddress | undefined,
  calls: Calls,
): Promise<KeptAddress | undefined> {
  if (!kept) return undefined;
  const server = new InspectorServer(kept.key, calls);
  const hasListened = await listenAt(server, kept.port);
  if (hasListened) return kept;
  const isFree = await takeOver(kept);
  return isFree && (await listenAt(server, kept.port)) ? kept : undefined;
}

/** With another key: an open page has told the old one to whoever listens at the old port. */
async function listenAnew(calls: Calls): Promise<KeptAddress> {
  const key = newKey();
  return {key, port: await new InspectorServer(key, calls).listen(0)};
}

/** @returns whether the port was free */
async function listenAt(server: InspectorServer, port: number): Promise<boolean> {
  try {
    await server.listen(port);
    return true;
  } catch (error) {
    if (error instanceof PortTaken) return false;
    throw error;
  }
}

/**
 * Asks the process before for its port. Another program may listen there, of another user even: it is not told the
 * key, and its answer proves nothing.
 *
 * @returns whether the process before has given its port
 */
function takeOver({port, key}: KeptAddress): Promise<boolean> {
  const nonce = randomBytes(16).toString('base64url');
  return new Promise((resolve) => {
    const options = {host: '127.0.0.1', port, method: 'POST', path: handOverPath(key, nonce)};
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    const asking = request({...options, signal}, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > LONGEST_ANSWER) asking.destroy();
      });
      response.on('end', () => resolve(isKey(text, handOverProof(key, nonce))));
    });
    // Also where the answer breaks off.
    asking
      .on('error', () => resolve(false))
      .on('close', () => resolve(false))
      .end();
  });
}
