/*
 * In plain Node, the build makes the ids of the manifest, and this process those of the functions that it
 * renders. Where the two are not the same, a form or a call that the page got from here would be answered
 * with 404, and nothing would say why.
 */
import {ID_PREFIX_VARIABLE, idPrefixOf} from '../../references/idPrefix.ts';
import type {ServerManifest} from '../../references/manifests.ts';
import {ManifestError} from '../errors.ts';

const HASH = /[0-9a-f]{40}$/;
const HASHED = /^(?:[^#]*:)?[0-9a-f]{40}$/;

/**
 * Compares how the build has made ids with how this process makes them: warns of another format.
 *
 * @throws {ManifestError} when they have another prefix
 */
export function compareIds(entries: ServerManifest): void {
  refuseOtherPrefix(entries);
  warnOfOtherFormat(Object.keys(entries));
}

function refuseOtherPrefix(entries: ServerManifest): void {
  const [first] = Object.entries(entries);
  if (!first) return;
  const [id, entry] = first;
  const withoutPrefix = HASHED.test(id) ? HASH.exec(id)![0] : `${entry.id}#${entry.name}`;
  const built = idPrefixOf(id, withoutPrefix);
  const own = globalThis.process?.env[ID_PREFIX_VARIABLE] || undefined;
  if (built === own) return;
  if (built === undefined) {
    throw new ManifestError(
      `${ID_PREFIX_VARIABLE}=${own} is set, but the ids in the server manifest have no prefix, so what this process renders could not be called. Set the option idPrefix: ${JSON.stringify(own)} of UseServerWebpackPlugin and run the webpack build again, or unset the variable.`,
    );
  }
  const made = own === undefined ? 'without a prefix' : `with the prefix ${JSON.stringify(own)}`;
  throw new ManifestError(
    `The ids in the server manifest have the prefix ${JSON.stringify(built)}, but this process makes ids ${made}, so what it renders could not be called. Set ${ID_PREFIX_VARIABLE}=${built} in its environment, or change the option idPrefix of UseServerWebpackPlugin and run the webpack build again.`,
  );
}

/** References that this process renders must have the ids that the build gave them. */
function warnOfOtherFormat(ids: readonly string[]): void {
  const isHashed = ids.length > 0 && ids.every((id) => HASHED.test(id));
  const expectsHashed = globalThis.process?.env['USE_SERVER_IDS'] === 'hashed';
  if (ids.length === 0 || isHashed === expectsHashed) return;
  console.warn(
    isHashed
      ? 'The server manifest has hashed ids, but this process makes ids of paths. Set USE_SERVER_IDS=hashed.'
      : 'USE_SERVER_IDS=hashed is set, but the server manifest has ids of paths. Set the option ids: "hashed" of UseServerWebpackPlugin, or unset the variable.',
  );
}

let hasWarnedOfSecret = false;

/**
 * Warns, once, that hashes were made with another secret. A hash shows it only when a function is there to
 * compare.
 *
 * @param id that the function has in this process, and the manifest does not list
 */
export function warnOfOtherSecret(id: string): void {
  if (hasWarnedOfSecret || !HASHED.test(id)) return;
  hasWarnedOfSecret = true;
  console.warn(
    'The hashed ids of this process are not those of the server manifest, so references that it renders cannot be called. Give this process and the webpack build the same USE_SERVER_ID_SECRET, or neither of them one.',
  );
}
