/*
 * `use-server-webpack-plugin/server` without the `react-server` condition: during SSR, and where the
 * condition was forgotten. Only what reads a stream works here; React's server packages refuse to load.
 */
export * from './shared.ts';

export const callInlineFunction = needsCondition('callInlineFunction');
export const createClientModuleProxy = needsCondition('createClientModuleProxy');
export const createServerFunctionHandler = needsCondition('createServerFunctionHandler');
export const isServerReference = needsCondition('isServerReference');
export const loadClientManifest = needsCondition('loadClientManifest');
export const loadServerManifest = needsCondition('loadServerManifest');
export const pickMembers = needsCondition('pickMembers');
export const registerClientReference = needsCondition('registerClientReference');
export const registerCommonJsExports = needsCondition('registerCommonJsExports');
export const registerInlineExport = needsCondition('registerInlineExport');
export const registerInlineFunction = needsCondition('registerInlineFunction');
export const registerMethod = needsCondition('registerMethod');
export const registerServerExport = needsCondition('registerServerExport');
export const registerServerImport = needsCondition('registerServerImport');
export const registerServerReference = needsCondition('registerServerReference');
export const stylesheetsOf = needsCondition('stylesheetsOf');
export const setEncryptionKey = needsCondition('setEncryptionKey');

function needsCondition(name: string): () => never {
  return () => {
    throw new Error(
      `${name}() of use-server-webpack-plugin/server needs the "react-server" condition. Start Node with:\n\n  node --conditions react-server --import use-server-webpack-plugin/register ${scriptName()}\n\nA worker thread that has to have it takes {execArgv: ['--conditions', 'react-server', '--import', 'use-server-webpack-plugin/register']}.`,
    );
  };
}

function scriptName(): string {
  return globalThis.process?.argv[1]?.replace(/^.*[\\/]/, '') ?? 'server.js';
}
