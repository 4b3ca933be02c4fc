import {createHash} from 'node:crypto';

/** How a Content Security Policy allows the text of one script or stylesheet. */
export function contentHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
