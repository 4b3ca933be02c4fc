export * from './shared.ts';
export {setEncryptionKey} from './captures/encryptionKey.ts';
export {createServerFunctionHandler, type ServerFunctionHandler} from './handler.ts';
export {loadClientManifest, loadServerManifest} from './manifest/manifest.ts';
export {stylesheetsOf, type StylesheetProps} from './manifest/stylesheets.ts';
