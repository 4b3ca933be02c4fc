/*
 * `use-server-webpack-plugin/runtime`: what compiled modules of the server graph import.
 *
 * No promise to applications: it fits the compiler of the same version and changes with it, in any
 * release. What an application imports is in `use-server-webpack-plugin/server`. Both have their state
 * in the same modules, so a key that is set there encrypts the captures that are registered here.
 */
import * as flight from 'react-server-dom-webpack/server';

export {
  callInlineFunction,
  registerInlineExport,
  registerInlineFunction,
  registerMethod,
} from '../server/captures/inlineFunctions.ts';
export {pickMembers} from '../server/captures/pickMembers.ts';
export {
  registerCommonJsExports,
  registerServerExport,
  registerServerImport,
  registerServerReference,
} from '../server/manifest/references.ts';

/** React's own: marks what a `"use client"` module exports, in the server graph. */
export const registerClientReference: <T>(implementation: T, id: string, exportName: string) => T =
  flight.registerClientReference;

/** React's own: the same for a CommonJS module, whose exports are known by name only when asked for. */
export const createClientModuleProxy: (moduleId: string) => unknown =
  flight.createClientModuleProxy;
