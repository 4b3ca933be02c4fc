import {createHash} from 'node:crypto';
import {createRequire} from 'node:module';
import {relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Compilation, Compiler, NormalModule} from 'webpack';
import type {CompileOptions} from './compileModule.ts';
import {moduleFormatOf} from './moduleFormat.ts';
import {decodeText, mayHaveDirective, SOURCE_FILE} from './sourceFiles.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;
type BuildArguments = Parameters<NormalModule['build']>;
type LoaderItem = NormalModule['loaders'][number];

const NAME = 'UseServerWebpackPlugin';
const PITCHING = loaderPath('loader.js');
const COMPILING = loaderPath('serverLoader.js');

/** What the loader does in one layer. */
export interface LayerOptions {
  compile: CompileOptions;
  hash: string;
}

/**
 * Puts the plugin's loader before all others, so its pitching phase comes first.
 *
 * Not as a rule: `!!` in a request would switch a rule off, and server code would be bundled as it
 * is. The hash goes into the module's identifier, which is how webpack's persistent cache learns that
 * other options or another version give other code.
 *
 * Most modules have no directive, and webpack runs a loader for none of them at a price. So each file
 * is looked into when webpack is about to build its module, and the loader is added where the text can
 * hold a directive. Nothing is remembered from one build to the next. webpack reads the file next, and
 * its file system gives it the same bytes once more.
 *
 * In the server graph the code stays, so a second loader compiles it, behind all others: it gets
 * what the author wrote, before any other loader.
 */
export function addLoader(
  compilation: Compilation,
  normalModuleFactory: NormalModuleFactory,
  optionsOf: (layer: string | null) => LayerOptions,
): void {
  normalModuleFactory.hooks.afterResolve.tap(NAME, ({createData}) => {
    const {resource, matchResource, request} = createData;
    if (!isSourceFile(matchResource ?? resource ?? '')) return;
    const {hash} = optionsOf(createData.layer ?? null);
    createData.request = `use-server-webpack-plugin??${hash}!${request}`;
  });
  const {NormalModule} = compilation.compiler.webpack;
  compilation.hooks.buildModule.tap(NAME, (module) => {
    if (!(module instanceof NormalModule)) return;
    if (!isSourceFile(module.matchResource ?? module.resource)) return;
    beforeBuild(module, ([, , , fs], done) => {
      fs.readFile(unescapePath(pathOf(module.resource)), (error, content) => {
        const {compile, hash} = optionsOf(module.layer ?? null);
        const others = module.loaders.filter(
          ({loader}) => loader !== PITCHING && loader !== COMPILING,
        );
        // A file that cannot be read is reported by webpack, which reads it next.
        const isNeeded = !error && content !== undefined && mayHaveDirective(content);
        const options = isNeeded && {
          ...compile,
          format: moduleFormatOf(module, decodeText(content)),
        };
        module.loaders = options ? withLoaders(others, options, hash) : others;
        done();
      });
    });
  });
}

/** Delays one build of a module. webpack has no hook there that can wait for a file. */
function beforeBuild(
  module: NormalModule,
  prepare: (args: BuildArguments, done: () => void) => void,
): void {
  module.build = (...args) => {
    // What remains is the method of its class.
    delete (module as Partial<NormalModule>).build;
    prepare(args, () => module.build(...args));
  };
}

function withLoaders(
  others: readonly LoaderItem[],
  options: CompileOptions,
  hash: string,
): LoaderItem[] {
  const item = (loader: string) => ({
    loader,
    options,
    ident: `use-server-${hash}`,
    type: 'module',
  });
  return [item(PITCHING), ...others, ...(options.target === 'server' ? [item(COMPILING)] : [])];
}

function loaderPath(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

function isSourceFile(resource: string): boolean {
  return SOURCE_FILE.test(pathOf(resource));
}

/** Without query and fragment. In a path, `?` and `#` stand behind `\0`. */
function pathOf(resource: string): string {
  return /^(?:\0.|[^?#\0])*/.exec(resource)![0];
}

function unescapePath(path: string): string {
  return path.replaceAll(/\0(.)/g, '$1');
}

/** Stands for everything besides a file's text that decides what the transform makes of it. */
export function hashOptions(
  options: Omit<CompileOptions, 'target'> & Partial<CompileOptions>,
  context: string,
): string {
  const {version} = createRequire(import.meta.url)('use-server-webpack-plugin/package.json');
  const relevant = {...options, root: relative(context, options.root), version};
  return createHash('sha256').update(JSON.stringify(relevant)).digest('hex').slice(0, 16);
}
