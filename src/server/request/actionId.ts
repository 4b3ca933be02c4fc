import {refuse} from '../refusals.ts';
import {ID_HEADER} from '../../references/protocol.ts';
import type {ServerFunctions} from '../manifest/manifest.ts';
import type {Incoming} from './incoming.ts';

/** Longer than any path that a file system allows. */
const MAX_LENGTH = 8192;

/**
 * The id that a call names, which the manifest lists. Ids travel as they are, or percent-encoded when
 * they have characters that a header cannot carry.
 *
 * @throws {RequestError} `malformed-id` when there is none, or it is no text
 * @throws {RequestError} `unknown-function` when it is not listed
 */
export function readActionId(incoming: Incoming, functions: ServerFunctions): string {
  const id = sentId(incoming, functions);
  if (!functions.has(id)) throw functions.unlisted(id);
  return id;
}

/**
 * In development: waits for a call of a function that is not listed, while webpack is about to write the
 * manifest.
 */
export async function awaitListing(incoming: Incoming, functions: ServerFunctions): Promise<void> {
  if (functions.settle && sentActionId(incoming, functions) === undefined) await functions.settle();
}

/**
 * The id that a call names, before anything is refused.
 *
 * @returns `undefined` when the manifest does not list it: such a text is for no table and no log
 */
export function sentActionId(incoming: Incoming, functions: ServerFunctions): string | undefined {
  try {
    const id = sentId(incoming, functions);
    return functions.has(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

function sentId(incoming: Incoming, functions: ServerFunctions): string {
  const sent = incoming.header(ID_HEADER);
  if (!sent || sent.length > MAX_LENGTH) throw refuse('malformed-id');
  return functions.has(sent) ? sent : decodePercent(sent);
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw refuse('malformed-id', undefined, {cause});
  }
}
