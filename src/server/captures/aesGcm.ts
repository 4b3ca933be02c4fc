import {builtinModule} from '../platform/builtinModule.ts';
import type {Bytes} from '../request/bytes.ts';

/** Bytes that AES-256-GCM adds. */
export const TAG_BYTES = 16;

/** AES-256-GCM with one key. */
export interface Cipher {
  /** Encrypted data, then the tag. */
  encrypt(data: Bytes, iv: Bytes, authenticated: Bytes): Bytes | Promise<Bytes>;
  /** The data; throws or rejects when anything of it was changed. */
  decrypt(encrypted: Bytes, iv: Bytes, authenticated: Bytes): Bytes | Promise<Bytes>;
}

const node = builtinModule('node:crypto');

/**
 * A cipher of Node's own where there is one: WebCrypto gives each job to another thread, which takes
 * longer than the encryption of what functions capture.
 *
 * @param key 32 bytes
 */
export function createCipher(key: Bytes): Cipher | Promise<Cipher> {
  return (node && workingCipher(nodeCipher(node, key))) ?? webCipher(key);
}

/** Some runtimes have the module and not this algorithm. */
function workingCipher(cipher: Cipher): Cipher | undefined {
  try {
    void cipher.encrypt(new Uint8Array(1), new Uint8Array(12), new Uint8Array(1));
    return cipher;
  } catch {
    return undefined;
  }
}

function nodeCipher(
  {createCipheriv, createDecipheriv, createSecretKey}: typeof import('node:crypto'),
  bytes: Bytes,
): Cipher {
  const key = createSecretKey(bytes);
  return {
    encrypt(data, iv, authenticated) {
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(authenticated);
      const encrypted = cipher.update(data);
      cipher.final();
      const all = new Uint8Array(encrypted.length + TAG_BYTES);
      all.set(encrypted);
      all.set(cipher.getAuthTag(), encrypted.length);
      return all;
    },
    decrypt(encrypted, iv, authenticated) {
      const end = encrypted.length - TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, iv, {authTagLength: TAG_BYTES});
      decipher.setAAD(authenticated);
      decipher.setAuthTag(encrypted.subarray(end));
      const data = decipher.update(encrypted.subarray(0, end));
      decipher.final();
      return new Uint8Array(data.buffer, data.byteOffset, data.length);
    },
  };
}

async function webCipher(bytes: Bytes): Promise<Cipher> {
  const usages: KeyUsage[] = ['encrypt', 'decrypt'];
  const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, usages);
  const algorithm = (iv: Bytes, additionalData: Bytes) => ({name: 'AES-GCM', iv, additionalData});
  return {
    async encrypt(data, iv, authenticated) {
      return new Uint8Array(await crypto.subtle.encrypt(algorithm(iv, authenticated), key, data));
    },
    async decrypt(encrypted, iv, authenticated) {
      const data = await crypto.subtle.decrypt(algorithm(iv, authenticated), key, encrypted);
      return new Uint8Array(data);
    },
  };
}
