export {UseServerWebpackPlugin} from './plugin.ts';
export {getCompilationHooks, type UseServerCompilationHooks} from './hooks.ts';
export type {UseServerWebpackPluginOptions} from './options.ts';
export {createUseServer, type UseServer} from './bundled/useServer.ts';
export type {CreateUseServerOptions} from './bundled/options.ts';
export type {IdFormat} from '../references/ids.ts';
export type {
  Crossing,
  Exposure,
  FunctionUser,
  Report,
  ReportedFunction,
  ReportedGuard,
  ReportedModule,
  UncallableExport,
} from '../report/report.ts';
export type {Capture, FunctionUse, Guard, Parameter, ParserPluginItem} from '../transform/types.ts';
export type {ClientManifest, ServerManifest} from '../references/manifests.ts';
export type {ClientPlugin} from './bundled/clientPlugin.ts';
export type {ServerPlugin} from './bundled/serverPlugin.ts';
