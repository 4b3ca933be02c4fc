import type {Bytes} from '../request/bytes.ts';

/** Node's, which is many times as fast. */
const {Buffer} = globalThis;

/** Bytes as base64 for URLs and headers (RFC 4648, section 5), without padding. */
export function encodeBase64Url(bytes: Uint8Array): string {
  if (Buffer) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64url');
  }
  let binary = '';
  // In pieces, because the arguments of a call are limited.
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The reverse, or `undefined` for anything that {@link encodeBase64Url} does not write. */
export function decodeBase64Url(text: string): Bytes | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  if (Buffer) return bytesOf(Buffer.from(text, 'base64url'));
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Not a Buffer, whose `subarray` and others differ. */
function bytesOf({buffer, byteOffset, length}: Uint8Array): Bytes {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}
