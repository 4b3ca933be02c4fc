import * as flight from 'react-server-dom-webpack/server';

export * from './shared.ts';
export {setEncryptionKey} from './captures/encryptionKey.ts';
export {createServerFunctionHandler, type ServerFunctionHandler} from './handler.ts';
export {loadClientManifest, loadServerManifest} from './manifest/manifest.ts';
export {stylesheetsOf, type StylesheetProps} from './manifest/stylesheets.ts';

// What compiled modules import.
export * from './manifest/references.ts';
export * from './captures/inlineFunctions.ts';
export * from './captures/pickMembers.ts';

/** React's own: marks what a `"use client"` module exports, in the server graph. */
export const registerClientReference: <T>(implementation: T, id: string, exportName: string) => T =
  flight.registerClientReference;

/** React's own: the same for a CommonJS module, whose exports are known by name only when asked for. */
export const createClientModuleProxy: (moduleId: string) => unknown =
  flight.createClientModuleProxy;
