import {randomBytes} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * The captures of inline server functions are encrypted. The key is kept, so that a page which is
 * open in a browser goes on working when the server starts again.
 */
export function encryptionKey() {
  const folder = process.env.NOTES_DATA ?? 'data';
  const file = join(folder, 'encryption-key');
  if (!existsSync(file)) {
    mkdirSync(folder, {recursive: true});
    writeFileSync(file, randomBytes(32).toString('base64'), {mode: 0o600});
  }
  return readFileSync(file, 'utf8');
}
