import {TAG_BYTES} from './aesGcm.ts';
import {decodeBase64Url, encodeBase64Url} from './base64url.ts';
import type {EncryptionKey} from './encryptionKey.ts';
import {andThen, type MaybePromise} from '../platform/maybePromise.ts';
import {refuse} from '../refusals.ts';
import type {Bytes} from '../request/bytes.ts';

/*
 * Token = base64url(head | AES-256-GCM of the data | tag, 16 bytes).
 * Head, in the clear: version, 1 byte | key id, 4 | shape, 4 | seconds since 1970, 4 | IV, 12.
 * Additional authenticated data: head | length of the id, 4 bytes | id | binding, the texts in UTF-8.
 */
const VERSION = 3;
const KEY_ID_START = 1;
const SHAPE_START = 5;
const TIME_START = 9;
const IV_START = 13;
const DATA_START = 25;

const encoder = new TextEncoder();

/** What a token is made for. It opens for nothing else. */
export interface TokenContext {
  /** `$$id` of the server function. */
  id: string;
  /** What the user or the session is known by; empty when tokens are not bound. */
  binding: string;
}

/** What a token says of itself; true once {@link openToken} has given it. */
export interface TokenFacts {
  /** Of the captures, as the compiler hashed it: up to 8 hexadecimal digits. */
  shape: string;
  /** When it was made, in seconds since 1970. */
  time: number;
}

/** Encrypts data, so that the holder of the token can neither read nor change it. */
export async function sealToken(
  data: Uint8Array<ArrayBuffer>,
  {shape, time}: TokenFacts,
  context: TokenContext,
  {id: keyId, cipher}: EncryptionKey,
): Promise<string> {
  const head = new Uint8Array(DATA_START);
  const view = new DataView(head.buffer);
  view.setUint8(0, VERSION);
  view.setUint32(KEY_ID_START, keyId);
  view.setUint32(SHAPE_START, Number.parseInt(shape, 16));
  view.setUint32(TIME_START, time);
  crypto.getRandomValues(head.subarray(IV_START));
  const encrypted = await cipher.encrypt(
    data,
    head.subarray(IV_START),
    authenticated(head, context),
  );
  const token = new Uint8Array(DATA_START + encrypted.length);
  token.set(head);
  token.set(encrypted, DATA_START);
  return encodeBase64Url(token);
}

/**
 * The data of a token, and what it says of itself.
 *
 * @param token comes from the client: anything
 * @throws {RequestError} `invalid-captures` when it was not made for this, with one of these keys
 * @throws {RequestError} `other-build` when it was, by a version of this package with another format
 */
export function openToken(
  token: unknown,
  context: TokenContext,
  keys: readonly EncryptionKey[],
): MaybePromise<TokenFacts & {data: Uint8Array}> {
  const bytes = typeof token === 'string' ? decodeBase64Url(token) : undefined;
  if (!bytes || bytes.length < DATA_START + TAG_BYTES) throw refuse('invalid-captures');
  const view = new DataView(bytes.buffer, bytes.byteOffset, DATA_START);
  const keyId = view.getUint32(KEY_ID_START);
  const candidates = keys.filter(({id}) => id === keyId);
  return andThen(decryptToken(bytes, context, candidates), (data) => {
    if (!data) throw refuse('invalid-captures');
    // Only now is it known that nothing but another version has written another number here.
    if (bytes[0] !== VERSION) throw refuse('other-build');
    const shape = view.getUint32(SHAPE_START).toString(16).padStart(8, '0');
    return {data, shape, time: view.getUint32(TIME_START)};
  });
}

/**
 * `undefined` when the token was made for something else, or not by us.
 *
 * @param keys to try, as different keys may have the same id
 */
function decryptToken(
  bytes: Bytes,
  context: TokenContext,
  [first, ...others]: readonly EncryptionKey[],
): MaybePromise<Bytes | undefined> {
  if (!first) return undefined;
  const head = bytes.subarray(0, DATA_START);
  const encrypted = bytes.subarray(DATA_START);
  const tryOthers = () => decryptToken(bytes, context, others);
  try {
    const iv = head.subarray(IV_START);
    const data = first.cipher.decrypt(encrypted, iv, authenticated(head, context));
    return data instanceof Promise ? data.catch(tryOthers) : data;
  } catch {
    return tryOthers();
  }
}

function authenticated(
  head: Uint8Array<ArrayBuffer>,
  {id, binding}: TokenContext,
): Uint8Array<ArrayBuffer> {
  const name = encoder.encode(id);
  const holder = encoder.encode(binding);
  const additionalData = new Uint8Array(DATA_START + 4 + name.length + holder.length);
  additionalData.set(head);
  new DataView(additionalData.buffer).setUint32(DATA_START, name.length);
  additionalData.set(name, DATA_START + 4);
  additionalData.set(holder, DATA_START + 4 + name.length);
  return additionalData;
}
