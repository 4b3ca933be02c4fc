import {decodeBase64Url, encodeBase64Url} from './base64url.ts';
import {encryptionKeys} from './encryptionKey.ts';
import {InvalidCapturesError, UnserializableCapturesError} from './errors.ts';
import {decodeValues, encodeValues} from './flightValues.ts';
import {findScope} from './requestScope.ts';

/*
 * Token = base64url(version, 1 byte | IV, 12 bytes | AES-256-GCM of the Flight bytes | tag, 16 bytes).
 * Additional authenticated data: the version and the id of the server function.
 */
const VERSION = 1;
const IV_START = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const DATA_START = IV_START + IV_BYTES;

/**
 * Encrypts what an inline server function captured, so that the client can hold it but neither read
 * nor change it, nor give it to another function.
 *
 * @param id the `$$id` of the server function
 * @param values everything that React can serialise; promises are awaited
 * @throws {UnserializableCapturesError} for anything else
 * @throws {EncryptionKeyError} when the key is malformed
 */
export async function encryptCaptures(id: string, values: unknown[]): Promise<string> {
  const data = await encodeOrExplain(id, values);
  const [key] = await encryptionKeys();
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const encrypted = await crypto.subtle.encrypt(algorithm(id, iv), key, data);
  const token = new Uint8Array(DATA_START + encrypted.byteLength);
  token[0] = VERSION;
  token.set(iv, IV_START);
  token.set(new Uint8Array(encrypted), DATA_START);
  return encodeBase64Url(token);
}

/**
 * The values that {@link encryptCaptures} was given for the same id.
 *
 * @param token comes from the client: anything; or a promise of it, as Flight sends what is bound late
 * @throws {InvalidCapturesError} when it was not made by us, for this id, with one of our keys
 */
export async function decryptCaptures(id: string, token: unknown): Promise<unknown[]> {
  const scope = findScope();
  try {
    const values = await openToken(id, token);
    if (scope) scope.capturesOpened = true;
    return values;
  } catch (error) {
    // Those of the called function itself are part of the request, and nothing has run yet. Those of
    // a function that it was given are an error of its own.
    if (scope?.id === id && !scope.capturesOpened) scope.refusal ??= error;
    throw error;
  }
}

async function openToken(id: string, token: unknown): Promise<unknown[]> {
  const text = await settled(token);
  const bytes = typeof text === 'string' ? decodeBase64Url(text) : undefined;
  if (!bytes || bytes.length < DATA_START + TAG_BYTES || bytes[0] !== VERSION) {
    throw new InvalidCapturesError();
  }
  return decodeOrRefuse(await decrypt(id, bytes));
}

async function settled(token: unknown): Promise<unknown> {
  try {
    return await token;
  } catch (cause) {
    throw new InvalidCapturesError({cause});
  }
}

async function decrypt(id: string, token: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const iv = token.subarray(IV_START, DATA_START);
  const data = token.subarray(DATA_START);
  for (const key of await encryptionKeys()) {
    try {
      return new Uint8Array(await crypto.subtle.decrypt(algorithm(id, iv), key, data));
    } catch {
      // Made with another key, or not by us: the loop tells.
    }
  }
  throw new InvalidCapturesError();
}

function algorithm(id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
  const name = new TextEncoder().encode(id);
  const additionalData = new Uint8Array(1 + name.length);
  additionalData[0] = VERSION;
  additionalData.set(name, 1);
  return {name: 'AES-GCM', iv, additionalData};
}

async function encodeOrExplain(id: string, values: unknown[]): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await encodeValues(values);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnserializableCapturesError(
      `The server function ${id} captures something that cannot be sent to the client and back. Capture plain data instead (of a class instance, the fields that you need), or get the value again inside the function. React says: ${reason}`,
      {cause},
    );
  }
}

/** What was encrypted by another build may name functions that this one does not have. */
async function decodeOrRefuse(bytes: Uint8Array): Promise<unknown[]> {
  try {
    return await decodeValues(bytes);
  } catch (cause) {
    throw new InvalidCapturesError({cause});
  }
}
