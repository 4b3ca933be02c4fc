import {decodeAction, decodeReply} from 'react-server-dom-webpack/server';
import {scanActionFields, type FormAction} from '../request/actionFields.ts';
import {exceeds, refuse, RequestError} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import type {ServerFunctions} from '../manifest/manifest.ts';
import {ReplyRows} from './replyRows.ts';
import {scanReply} from './scanReply.ts';
import type {TemporaryReferences} from './temporaryReferences.ts';

/**
 * The arguments of a call. Everything that the body refers to is known and listed before React
 * decodes any of it, and is loaded and checked before this returns.
 *
 * @throws {RequestError}
 */
export async function decodeArguments(
  body: string | FormData,
  functions: ServerFunctions,
  limits: DecodingLimits,
  temporaryReferences: TemporaryReferences,
): Promise<unknown[]> {
  const fields: Iterable<[string, FormDataEntryValue]> =
    typeof body === 'string' ? [['0', body]] : body;
  const {ids, emptyStreams} = scanReply(new ReplyRows(fields), limits);
  if (typeof body !== 'string') for (const stream of emptyStreams) body.set(`S${stream}`, 'C');
  if (ids.size > 0) await loadAll(ids, functions);

  const decoded = await refuseFailure(() =>
    decodeReply(body, functions.manifest, {
      temporaryReferences,
      arraySizeLimit: limits.arraySlots,
    }),
  );
  if (!Array.isArray(decoded)) throw refuse('malformed-body', 'the arguments are not an array.');
  if (decoded.length > limits.arguments) {
    throw exceeds('arguments', limits.arguments);
  }
  return decoded;
}

/** A form's server function, ready to run, and what its fields say. */
export interface DecodedForm extends FormAction {
  run: () => Promise<unknown>;
}

/**
 * The server function of a form that was posted without JavaScript.
 *
 * @throws {RequestError}
 */
export async function decodeForm(
  form: FormData,
  functions: ServerFunctions,
  limits: DecodingLimits,
): Promise<DecodedForm> {
  const action = scanActionFields(form, limits, (id) => functions.has(id));
  await loadAll(action.ids, functions);
  const run = await refuseFailure(() => decodeAction(form, functions.manifest));
  if (!run) throw refuse('malformed-body', 'it has no server function.');
  return {...action, run};
}

/**
 * Counts and measures the fields.
 *
 * @throws {RequestError} `limit-exceeded`
 */
export function checkFields(form: FormData, limits: DecodingLimits): void {
  let parts = 0;
  for (const name of form.keys()) {
    if (++parts > limits.parts) throw exceeds('parts', limits.parts);
    if (name.length > limits.fieldNameLength) {
      throw exceeds('fieldNameLength', limits.fieldNameLength);
    }
  }
}

async function loadAll(ids: Set<string>, functions: ServerFunctions): Promise<void> {
  // All are looked up before the first is loaded.
  for (const id of ids) if (!functions.has(id)) throw refuse('unknown-function');
  await Promise.all([...ids].map(async (id) => functions.load(id)));
}

async function refuseFailure<T>(decode: () => PromiseLike<T> | T): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw refuse('malformed-body', 'React refuses it.', {cause});
  }
}
