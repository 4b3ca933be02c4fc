import {
  mayHaveDirective as mayTextHaveDirective,
  mentionsDirective,
} from '../transform/directiveText.ts';

/** File names that may hold JavaScript or TypeScript, and so a directive. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/i;

/** Whether a file's content may hold a directive. Most does not, and need not be decoded to tell. */
export function mayHaveDirective(content: Buffer | string): boolean {
  if (typeof content !== 'string' && !mentionsDirective(content.toString('latin1'))) return false;
  return mayTextHaveDirective(decodeText(content));
}

/** The text of a file, without a byte order mark. */
export function decodeText(content: Buffer | string): string {
  const text = content.toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
