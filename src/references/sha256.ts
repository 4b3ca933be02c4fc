import {hmac} from '@noble/hashes/hmac.js';
import {sha256 as hash} from '@noble/hashes/sha2.js';
import {bytesToHex, utf8ToBytes} from '@noble/hashes/utils.js';

/** The 64 hexadecimal digits of SHA-256 of a text. */
export function sha256(text: string): string {
  return bytesToHex(hash(utf8ToBytes(text)));
}

/**
 * The same of HMAC-SHA-256 (RFC 2104).
 *
 * @param key in base64
 */
export function hmacSha256(key: string, text: string): string {
  const bytes = Uint8Array.from(atob(key), (character) => character.charCodeAt(0));
  return bytesToHex(hmac(hash, bytes, utf8ToBytes(text)));
}
