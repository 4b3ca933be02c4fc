import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const require = createRequire(import.meta.url);
const manifest = require.resolve('use-server-webpack-plugin/package.json');

/** The version of this package. */
export const {version} = require(manifest) as {version: string};

/** Where the installed page explains a rule: editors lead there from a report. */
export function documentationOf(rule: string): string {
  return new URL(`docs/eslint.md#${rule}`, pathToFileURL(manifest)).href;
}
