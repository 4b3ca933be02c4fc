import type {Compiler} from 'webpack';

/** Whether a compiler is Rspack's, which has most of webpack's API (https://rspack.rs/api/plugin-api). */
export function isRspack({webpack}: Pick<Compiler, 'webpack'>): boolean {
  return typeof (webpack as {rspackVersion?: unknown} | undefined)?.rspackVersion === 'string';
}

/** @throws Error for Rspack, which has no hooks for what a bundled server needs */
export function refuseRspack(compiler: Compiler): void {
  if (!isRspack(compiler)) return;
  throw new Error(
    'createUseServer() needs webpack 5: it needs dependencies of its own, the hooks of the parser and those of the analysis of exports, which Rspack has not in JavaScript. With Rspack, build the client with new UseServerWebpackPlugin() and let Node run the server from its sources; or build both with webpack.\n\nSee node_modules/use-server-webpack-plugin/docs/bundlers.md#rspack',
  );
}
