export {UseServerWebpackPlugin} from './plugin.ts';
export {getCompilationHooks, type UseServerCompilationHooks} from './hooks.ts';
export type {UseServerWebpackPluginOptions} from './options.ts';
