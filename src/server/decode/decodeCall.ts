import {decodeAction, decodeReply} from 'react-server-dom-webpack/server';
import {scanActionFields, withoutActionFields, type FormAction} from './actionFields.ts';
import {isThenable} from '../platform/maybePromise.ts';
import {exceeds, refuse, RequestError} from '../refusals.ts';
import type {DecodingLimits} from '../request/limits.ts';
import type {ServerManifest} from '../../references/manifests.ts';
import type {ServerFunction} from '../manifest/manifest.ts';
import {decodedNow} from './decodedPromises.ts';
import type {PassedFunctions} from './passedFunctions.ts';
import {ReplyRows} from './replyRows.ts';
import {scanReply} from './scanReply.ts';
import type {TemporaryReferences} from './temporaryReferences.ts';
import {ValueCounter} from './valueCounter.ts';

/**
 * The arguments of a call. Everything that the body refers to is known and listed before React
 * decodes any of it, and is loaded and checked before this returns.
 *
 * @param sent by `encodeReply`
 * @param passed gets the server functions that the body names
 * @throws {RequestError}
 */
export function decodeArguments(
  sent: string | FormData,
  passed: PassedFunctions,
  limits: DecodingLimits,
  temporaryReferences: TemporaryReferences,
): unknown[] | Promise<unknown[]> {
  if (typeof sent === 'string' && refersToNothing(sent)) {
    new ValueCounter(limits).add(sent);
    const args = decodePlain(sent, limits, temporaryReferences);
    // What React refuses is read once more, to say why.
    if (args) return args;
  }
  return decodeReferring(sent, passed, limits, temporaryReferences);
}

/** Without a dollar, and without an escape that could be one, JSON is what it says and nothing more. */
function refersToNothing(json: string): boolean {
  return !json.includes('$') && !json.includes('\\');
}

function decodePlain(
  json: string,
  limits: DecodingLimits,
  temporaryReferences: TemporaryReferences,
): unknown[] | undefined {
  const options = {temporaryReferences, arraySizeLimit: limits.arraySlots};
  const decoded = decodedNow(decodeReply(json, NO_FUNCTIONS, options));
  const args = decoded && 'value' in decoded ? decoded.value : undefined;
  if (!Array.isArray(args)) return undefined;
  checkCount(args, limits);
  return args;
}

async function decodeReferring(
  sent: string | FormData,
  passed: PassedFunctions,
  limits: DecodingLimits,
  temporaryReferences: TemporaryReferences,
): Promise<unknown[]> {
  const body = typeof sent === 'string' ? sent : withoutActionFields(sent);
  const fields: Iterable<[string, FormDataEntryValue]> =
    typeof body === 'string' ? [['0', body]] : body;
  const rows = new ReplyRows(fields, new ValueCounter(limits));
  checkCount(rows.value(0), limits);
  const {functions, emptyStreams} = scanReply(rows, limits);
  if (typeof body !== 'string') for (const stream of emptyStreams) body.set(`S${stream}`, 'C');
  const loading = functions.length > 0 ? passed.load(functions) : undefined;
  if (loading) await loading;

  const manifest = functions.length > 0 ? passed.manifest : NO_FUNCTIONS;
  const options = {temporaryReferences, arraySizeLimit: limits.arraySlots};
  const decoded = await refuseFailure(() => decodeNow(body, manifest, options));
  if (!Array.isArray(decoded)) throw refuse('malformed-body', 'the arguments are not an array.');
  // Row 0 may have been a reference to the arguments.
  checkCount(decoded, limits);
  return decoded;
}

/** For bodies that name no server function. */
const NO_FUNCTIONS: ServerManifest = new Proxy(Object.create(null) as ServerManifest, {
  get(_, id) {
    // Symbols and `then` are read by the language itself.
    if (typeof id === 'symbol' || id === 'then') return undefined;
    throw refuse('unknown-function');
  },
});

function checkCount(args: unknown, limits: DecodingLimits): void {
  if (Array.isArray(args) && args.length > limits.arguments) {
    throw exceeds('arguments', limits.arguments);
  }
}

/** A form's server function, and what its fields say. */
export interface DecodedForm extends Pick<FormAction, 'id' | 'bound'> {
  serverFunction: ServerFunction;
  /** Bound arguments, then the form without React's fields. */
  args: unknown[];
}

/**
 * The server function of a form that was posted without JavaScript.
 *
 * @param isListed whether there is a server function of this id
 * @param passed gets the server functions that the form names
 * @throws {RequestError}
 */
export async function decodeForm(
  form: FormData,
  isListed: (id: string) => boolean,
  passed: PassedFunctions,
  limits: DecodingLimits,
): Promise<DecodedForm> {
  const action = scanActionFields(form, limits, isListed);
  const loading = passed.load(action.passed, action.ids);
  if (loading) await loading;
  const call = await refuseFailure(() => decodeAction(form, passed.manifest));
  if (!call) throw refuse('malformed-body', 'it has no server function.');
  const args = argumentsOf(call, passed);
  return {id: action.id, bound: action.bound, serverFunction: passed.get(action.id), args};
}

/** What React would call the function of a form with. */
function argumentsOf(call: () => unknown, passed: PassedFunctions): unknown[] {
  let args: unknown[] = [];
  passed.callWith((_id, _serverFunction, given) => void (args = given));
  call();
  return args;
}

/** What the body says; a promise of it only where React has to wait for something. */
function decodeNow(...body: Parameters<typeof decodeReply>): unknown {
  const decoding = decodeReply(...body);
  const decoded = decodedNow(decoding);
  if (!decoded) return decoding;
  if ('error' in decoded) throw decoded.error;
  return decoded.value;
}

async function refuseFailure<T>(decode: () => PromiseLike<T> | T): Promise<T> {
  try {
    const decoded = decode();
    return isThenable(decoded) ? await decoded : decoded;
  } catch (cause) {
    if (cause instanceof RequestError) throw cause;
    throw refuse('malformed-body', 'React refuses it.', {cause});
  }
}
