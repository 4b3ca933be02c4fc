import {importOwnFile} from './ownFile.ts';

/** What tells of errors in development. */
export type ErrorReports = typeof import('../../errorReports/index.ts');

let loading: Promise<ErrorReports | undefined> | undefined;

/**
 * Loads what tells of errors in development. It is in no bundle, and nothing of it is loaded in production.
 *
 * @returns `undefined` in production; a promise of it where the runtime does not have the files
 */
export function loadErrorReports(): Promise<ErrorReports | undefined> | undefined {
  // Written out, so that webpack leaves the rest away in production.
  if (process.env['NODE_ENV'] === 'development') {
    return (loading ??= importOwnFile<ErrorReports>('errorReports/index.js').catch(
      () => undefined,
    ));
  } else {
    return undefined;
  }
}
