import {createHmac} from 'node:crypto';
import {isKey} from './guard.ts';

/*
 * How a process asks the one before for its port, and a page whether who listens is the inspector. They show that
 * they know the key, and do not say it.
 */

/** The path of the request. */
export function handOverPath(key: string, nonce: string): string {
  return `/hand-over/${nonce}/${proof(key, 'ask', nonce)}`;
}

/** @returns the nonce of a request of the next process, and nothing for any other */
export function readHandOver(path: string, key: string): string | undefined {
  const [, nonce, given] = /^\/hand-over\/([\w-]{22})\/([\w-]+)$/.exec(path) ?? [];
  if (nonce === undefined || given === undefined) return undefined;
  return isKey(given, proof(key, 'ask', nonce)) ? nonce : undefined;
}

/** @returns the nonce of an open page that asks, before it says the key, whether it is still the inspector */
export function readQuestion(path: string): string | undefined {
  return /^\/who\/([\w-]{22})$/.exec(path)?.[1];
}

/** What only the inspector answers. */
export function inspectorProof(key: string, nonce: string): string {
  return proof(key, 'who', nonce);
}

/** What the process before answers. */
export function handOverProof(key: string, nonce: string): string {
  return proof(key, 'give', nonce);
}

function proof(key: string, what: string, nonce: string): string {
  return createHmac('sha256', key).update(`${what} ${nonce}`).digest('base64url');
}
