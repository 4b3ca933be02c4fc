/**
 * The beginning of a text, as a text of its own: V8 would keep all of the other one for as long as a part of it
 * is there.
 */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  return Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le');
}
