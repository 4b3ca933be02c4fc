import {MalformedIdError, UnknownServerFunctionError} from '../errors.ts';
import type {ServerFunctions} from '../manifest/manifest.ts';

export const ID_HEADER = 'x-action-id';

/** Longer than any path that a file system allows. */
const MAX_LENGTH = 8192;

/**
 * The id that a call names, which the manifest lists. Ids travel as they are, or percent-encoded when
 * they have characters that a header cannot carry.
 *
 * @throws {MalformedIdError} when there is none, or it is no text
 * @throws {UnknownServerFunctionError} when it is not listed
 */
export function readActionId(headers: Headers, functions: ServerFunctions): string {
  const sent = headers.get(ID_HEADER);
  if (!sent || sent.length > MAX_LENGTH) throw new MalformedIdError();
  if (functions.has(sent)) return sent;
  const id = decodePercent(sent);
  if (!functions.has(id)) throw new UnknownServerFunctionError();
  return id;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw Object.assign(new MalformedIdError(), {cause});
  }
}
