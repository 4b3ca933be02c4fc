import {stripVTControlCharacters} from 'node:util';

/** Without what a terminal would take for a command: texts may come from a request. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '\u{FFFD}');
}
