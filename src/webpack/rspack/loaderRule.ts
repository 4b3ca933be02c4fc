import {fileURLToPath} from 'node:url';
import type {Compiler} from 'webpack';
import {hashOptions} from '../addLoader.ts';
import {compileOptionsOf, type CompileOptions} from '../compileModule.ts';
import {SOURCE_FILE} from '../sourceFiles.ts';

const LOADER = fileURLToPath(new URL('loader.js', import.meta.url));

const optionsOf = new WeakMap<Compiler, CompileOptions>();

/**
 * Gives the loader to every source file, as the outermost one, so that its pitching phase comes first.
 *
 * Rspack builds modules in Rust, so a module's loaders cannot be chosen when it is built, as they are in webpack:
 * a rule has to do it. `!!` in a request switches rules off; `leaks.ts` looks at what is bundled in the end.
 *
 * The hash goes into the module's identifier, which is how Rspack's persistent cache learns that other options or
 * another version give other code.
 */
export function addLoaderRule(compiler: Compiler, options: Omit<CompileOptions, 'target'>): void {
  const loader = `${LOADER}?${hashOptions(compileOptionsOf(options), compiler.context)}`;
  compiler.options.module.rules.push({test: SOURCE_FILE, enforce: 'post', use: [{loader}]});
}

/**
 * Says how the loader of a compiler compiles. Not as options in the rule: what the target is, Rspack knows when
 * its defaults are filled in.
 */
export function setLoaderOptions(compiler: Compiler, options: CompileOptions): void {
  optionsOf.set(compiler.root, options);
}

export function loaderOptionsOf(compiler: Compiler): CompileOptions {
  return optionsOf.get(compiler.root)!;
}
