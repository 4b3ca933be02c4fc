/*
 * `use-server-webpack-plugin/server` without the `react-server` condition: during SSR, and where the
 * condition was forgotten. Only what reads a stream works here; React's server packages refuse to load.
 */
import {SERVER_ENTRY} from '../references/entryPoints.ts';
import {needsCondition} from './needsCondition.ts';

export * from './shared.ts';

export const createServerFunctionHandler = needsCondition(
  'createServerFunctionHandler',
  SERVER_ENTRY,
);
export const loadClientManifest = needsCondition('loadClientManifest', SERVER_ENTRY);
export const loadServerManifest = needsCondition('loadServerManifest', SERVER_ENTRY);
export const setEncryptionKey = needsCondition('setEncryptionKey', SERVER_ENTRY);
export const stylesheetsOf = needsCondition('stylesheetsOf', SERVER_ENTRY);
