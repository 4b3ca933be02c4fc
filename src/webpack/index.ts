export {UseServerWebpackPlugin} from './plugin.ts';
export {getCompilationHooks, type UseServerCompilationHooks} from './hooks.ts';
export type {UseServerWebpackPluginOptions} from './options.ts';
export {createUseServer, type UseServer} from './bundled/useServer.ts';
export type {CreateUseServerOptions} from './bundled/options.ts';
export type {ClientPlugin} from './bundled/clientPlugin.ts';
export type {ServerPlugin} from './bundled/serverPlugin.ts';
