/*
 * `use-server-webpack-plugin/runtime`: what compiled modules of the server graph import.
 *
 * No promise to applications: it fits the compiler of the same version and changes with it, in any
 * release. What an application imports is in `use-server-webpack-plugin/server`. Both have their state
 * in the same modules, so a key that is set there encrypts the captures that are registered here.
 */
export {
  callInlineFunction,
  registerInlineExport,
  registerInlineFunction,
  registerMethod,
} from '../server/captures/inlineFunctions.ts';
export {pickMembers} from '../server/captures/pickMembers.ts';
export {
  createClientModuleProxy,
  registerClientReference,
} from '../server/manifest/clientReferences.ts';
export {
  registerCommonJsExports,
  registerServerExport,
  registerServerImport,
  registerServerReference,
} from '../server/manifest/references.ts';
