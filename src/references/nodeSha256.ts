import {createHash, createHmac} from 'node:crypto';

/** The 64 hexadecimal digits of SHA-256 of a text. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The same of HMAC-SHA-256 (RFC 2104).
 *
 * @param key in base64
 */
export function hmacSha256(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('hex');
}
