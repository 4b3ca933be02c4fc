import {EncryptionKeyError} from '../errors.ts';
import {createCipher, type Cipher} from './aesGcm.ts';

const VARIABLE = 'USE_SERVER_ENCRYPTION_KEY';
const KEY_BYTES = 32;
const HOW_TO_MAKE_ONE = `node -e "console.log(require('crypto').randomBytes(${KEY_BYTES}).toString('base64'))"`;

/** A key, and what tokens tell it apart by. */
export interface EncryptionKey {
  /** 32 bits of a hash of the key, which say nothing about it. */
  id: number;
  cipher: Cipher;
}

type EncryptionKeys = [EncryptionKey, ...EncryptionKey[]];

/** The keys of this process: the first encrypts, all decrypt. */
let keys: EncryptionKeys | Promise<EncryptionKeys> | undefined;
/** What {@link setEncryptionKey} was given. */
let configured: string | undefined;

/**
 * Sets the key for the captures of inline server functions. It is one for the process, because
 * captures are encrypted while a component renders, wherever that is.
 * Not calling it means: the environment variable `USE_SERVER_ENCRYPTION_KEY`, else a random key.
 *
 * @param value 32 bytes in base64; several separated by commas to rotate: the first encrypts, all decrypt
 * @throws {EncryptionKeyError} when it is malformed, or when another key has been set or used before
 */
export function setEncryptionKey(value: string): void {
  if (value === configured) return;
  if (configured !== undefined || keys !== undefined) {
    throw new EncryptionKeyError(
      'The encryption key is one for the whole process and another one is in use already. Set it once, before anything renders.',
    );
  }
  void useKeys(parseKeys(value, 'The encryption key'));
  configured = value;
}

/**
 * Checks the key in the environment, if there is one, before anything needs it.
 *
 * @throws {EncryptionKeyError} when it is malformed
 */
export function checkEnvironmentKey(): void {
  if (configured === undefined && keys === undefined) environmentKeys();
}

/** The keys to use, read from the environment or made up at the first call. */
export function encryptionKeys(): EncryptionKeys | Promise<EncryptionKeys> {
  return keys ?? useKeys(keysFromEnvironment());
}

function useKeys(all: Uint8Array<ArrayBuffer>[]): Promise<EncryptionKeys> {
  const imported = importKeys(all);
  keys = imported;
  // From then on nothing waits for them.
  void imported.then((ready) => (keys = ready));
  return imported;
}

function environmentKeys(): Uint8Array<ArrayBuffer>[] | undefined {
  const value = globalThis.process?.env[VARIABLE];
  return value === undefined || value.trim() === '' ? undefined : parseKeys(value, VARIABLE);
}

function keysFromEnvironment(): Uint8Array<ArrayBuffer>[] {
  const given = environmentKeys();
  if (given) return given;
  console.warn(
    `${VARIABLE} is not set: the variables that inline server functions capture are encrypted with a random key. Pages rendered by another process, or before a restart, cannot call such functions. Set it to the output of: ${HOW_TO_MAKE_ONE}`,
  );
  return [crypto.getRandomValues(new Uint8Array(KEY_BYTES))];
}

function parseKeys(value: string, what: string): Uint8Array<ArrayBuffer>[] {
  return value.split(',').map((part, index, {length}) => {
    const bytes = decodeBase64(part.trim());
    if (bytes?.length === KEY_BYTES) {
      if (bytes.every((byte) => byte === bytes[0])) warnOfWeakKey(what);
      return bytes;
    }
    const which = length > 1 ? `, number ${index + 1} of ${length},` : '';
    throw new EncryptionKeyError(
      `${what}${which} must be ${KEY_BYTES} bytes in base64, but ${problemOf(part.trim(), bytes)}. Make one with: ${HOW_TO_MAKE_ONE}`,
    );
  });
}

/** @param bytes what it is in base64, if it is */
function problemOf(text: string, bytes: Uint8Array | undefined): string {
  if (/^[\da-f]{64}$/i.test(text)) return 'is written in hexadecimal digits';
  return bytes ? `has ${bytes.length}` : 'is not base64';
}

let hasWarned = false;

function warnOfWeakKey(what: string): void {
  if (hasWarned) return;
  hasWarned = true;
  console.warn(
    `${what} is one byte ${KEY_BYTES} times over, which can be guessed: captures are not secret, and can be forged. Make a random one with: ${HOW_TO_MAKE_ONE}`,
  );
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

async function importKeys(all: Uint8Array<ArrayBuffer>[]): Promise<EncryptionKeys> {
  const imported = all.map(async (bytes) => ({
    id: await keyId(bytes),
    cipher: await createCipher(bytes),
  }));
  return (await Promise.all(imported)) as EncryptionKeys;
}

/** Not the hash of the key alone, so that it is of no use elsewhere. */
async function keyId(bytes: Uint8Array<ArrayBuffer>): Promise<number> {
  const label = new TextEncoder().encode('use-server-webpack-plugin key id ');
  const labelled = new Uint8Array([...label, ...bytes]);
  return new DataView(await crypto.subtle.digest('SHA-256', labelled)).getUint32(0);
}
