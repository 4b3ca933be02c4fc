/**
 * Hashes a text to 32 bits, the same on every machine and in a browser: FNV-1a, taking UTF-16 code units for
 * bytes (http://www.isthe.com/chongo/tech/comp/fnv/). It tells apart what one application has; it does not
 * withstand a search for two texts with the same hash.
 *
 * @returns 8 hexadecimal digits
 */
export function hashText(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
