import {createHash} from 'node:crypto';
import {createRequire} from 'node:module';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';
import type {CompileOptions} from './compileModule.ts';
import {SOURCE_FILE} from './sourceFiles.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

/** What the loader does in one layer. */
export interface LayerOptions {
  compile: CompileOptions;
  hash: string;
}

/**
 * Puts the plugin's loader before all others, so its pitching phase comes first.
 *
 * Not as a rule: `!!` in a request would switch a rule off, and server code would be bundled as it
 * is. The hash goes into the loader's `ident` and so into the module's identifier, which is how
 * webpack's persistent cache learns that other options or another version give other code.
 *
 * In the server graph the code stays, so a second loader compiles it, behind all others: it gets
 * what the author wrote, before any other loader.
 */
export function addLoader(
  normalModuleFactory: NormalModuleFactory,
  optionsOf: (layer: string | null) => LayerOptions,
): void {
  const pitching = loaderPath('loader.js');
  const compiling = loaderPath('serverLoader.js');
  normalModuleFactory.hooks.afterResolve.tap('UseServerWebpackPlugin', ({createData}) => {
    const {resource, matchResource, loaders, request} = createData;
    if (!SOURCE_FILE.test(pathOf(matchResource ?? resource ?? ''))) return;
    const {compile, hash} = optionsOf(createData.layer ?? null);
    const item = (loader: string) => ({
      loader,
      options: compile,
      ident: `use-server-${hash}`,
      type: 'module',
    });
    createData.loaders = [
      item(pitching),
      ...(loaders ?? []),
      ...(compile.target === 'server' ? [item(compiling)] : []),
    ];
    createData.request = `${pitching}??use-server-${hash}!${request}`;
  });
}

function loaderPath(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Without query and fragment. In a path, `?` and `#` stand behind `\0`. */
function pathOf(resource: string): string {
  return /^(?:\0.|[^?#\0])*/.exec(resource)![0];
}

/** Stands for everything besides a file's text that decides what the transform makes of it. */
export function hashOptions(options: CompileOptions, context: string): string {
  const {version} = createRequire(import.meta.url)('use-server-webpack-plugin/package.json');
  const relevant = {...options, root: relative(context, options.root), version};
  return createHash('sha256').update(JSON.stringify(relevant)).digest('hex').slice(0, 16);
}
