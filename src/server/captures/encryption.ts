import {currentBinding, currentTime, isExpired} from './captureOptions.ts';
import {openToken, sealToken, type TokenContext} from './captureToken.ts';
import {encryptionKeys, type EncryptionKey} from './encryptionKey.ts';
import {decodedNow} from '../decode/decodedPromises.ts';
import {andThen, type MaybePromise} from '../platform/maybePromise.ts';
import {refuse} from '../refusals.ts';
import {NO_SHAPE} from './sealedExports.ts';
import {decodeCaptures as decodeBytes, encodeCaptures} from './codec.ts';
import {loadCaptured, ModuleFailure, type RefersTo} from './capturedFunctions.ts';

/**
 * Encrypts what an inline server function captured, so that the client can hold it but neither read
 * nor change it, nor give it to another function, nor to another build that captures something else.
 *
 * @param id the `$$id` of the server function
 * @param values of the captured variables; promises are awaited
 * @param shape what the compiler knows the names and members of the values by: 8 hexadecimal digits
 * @param names of the variables, separated by commas, for errors
 * @throws {UnserializableCapturesError} for what would not come back as it is
 * @throws {EncryptionKeyError} when the key is malformed
 */
export async function encryptCaptures(
  id: string,
  values: unknown[],
  shape: string = NO_SHAPE,
  names: string = '',
): Promise<string> {
  // Before anything is awaited: some runtimes know the request only until then.
  const binding = currentBinding(id);
  const data = await encodeCaptures(id, values, names.split(','));
  const [key] = await encryptionKeys();
  const context = {id, binding: await binding};
  return sealToken(data, {shape, time: currentTime()}, context, key);
}

/** What a token holds, once it has been found genuine. */
export interface GenuineCaptures {
  /** `$$id` of the server function. */
  id: string;
  bytes: Uint8Array;
}

/**
 * Checks a token.
 *
 * @param id the `$$id` of the server function
 * @param token comes from the client: anything; or a promise of it, as Flight sends what is bound late
 * @param shape that the captures of this build have
 * @throws {RequestError} `invalid-captures` when it was not made by us, for this id, with one of our keys
 * @throws {RequestError} `other-build` when it was, by a build of other captures
 * @throws {RequestError} `expired-captures` when it is too old
 */
export function openCaptures(
  id: string,
  token: unknown,
  shape: string,
): MaybePromise<GenuineCaptures> {
  // Before anything is awaited: some runtimes know the request only until then.
  const binding = currentBinding(id);
  const text = typeof token === 'string' ? token : late(token);
  return andThen(text, (sent) =>
    andThen(encryptionKeys(), (keys) =>
      andThen(binding, (bound) => openGenuine(sent, {id, binding: bound}, keys, shape)),
    ),
  );
}

function openGenuine(
  token: unknown,
  context: TokenContext,
  keys: readonly EncryptionKey[],
  shape: string,
): MaybePromise<GenuineCaptures> {
  return andThen(openToken(token, context, keys), (opened) => {
    if (opened.shape !== shape) throw refuse('other-build');
    if (isExpired(opened.time)) throw refuse('expired-captures');
    return {id: context.id, bytes: opened.data};
  });
}

/**
 * The values that {@link encryptCaptures} was given, new ones at each call.
 *
 * @param refersTo what functions become that came with an earlier request; by default the functions themselves
 * @throws what a module throws when it is loaded for a captured reference
 * @throws Error for what this build cannot read, such as a function that no manifest lists
 */
export function decodeCaptures(
  {id, bytes}: GenuineCaptures,
  refersTo?: RefersTo,
): MaybePromise<unknown[]> {
  const fail = (cause: unknown): never => {
    if (cause instanceof ModuleFailure) throw cause.cause;
    // Never a refusal, whichever class it is of: the token is genuine, and the fault on this side.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The captures of the server function ${id} cannot be read: ${reason}`, {cause});
  };
  try {
    const values = decodeBytes(bytes, {
      load: (captured) => loadCaptured(captured, refersTo),
      encrypt: encryptCaptures,
    });
    return values instanceof Promise ? values.catch(fail) : values;
  } catch (cause) {
    return fail(cause);
  }
}

/**
 * Checks a token and gives its values: {@link openCaptures}, then {@link decodeCaptures}.
 */
export async function decryptCaptures(
  id: string,
  token: unknown,
  shape: string = NO_SHAPE,
): Promise<unknown[]> {
  return decodeCaptures(await openCaptures(id, token, shape));
}

/** The text of a token that may come late, or as a promise that has it already. */
function late(token: unknown): unknown {
  const now = typeof token === 'object' && token !== null ? decodedNow(token) : undefined;
  if (now && 'value' in now) return now.value;
  return Promise.resolve(token).catch((cause: unknown) => {
    throw refuse('invalid-captures', undefined, {cause});
  });
}
