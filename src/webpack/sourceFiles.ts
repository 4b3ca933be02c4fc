import {
  mayHaveDirective as mayTextHaveDirective,
  mentionsDirective,
} from '../transform/directiveText.ts';

/** File names that may hold JavaScript or TypeScript, and so a directive. */
export const SOURCE_FILE = /\.[cm]?[jt]sx?$/i;

/** Globs of what is never searched for directives or imports: no part of the app that runs. */
export const NEVER_SEARCHED: readonly string[] = [
  '**/*.d.{ts,mts,cts}',
  '**/*.{test,spec}.*',
  '**/__tests__/**',
];

export const PACKAGES = '**/node_modules/**';

/** What is built twice, for production and development say, must not find the other build. */
export const BUILD_FOLDERS: readonly string[] = ['build/**', 'coverage/**', 'dist/**', 'out/**'];

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
