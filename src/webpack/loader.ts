import type {LoaderContext} from 'webpack';
import {
  compileModule,
  hasErrors,
  type CompileOptions,
  type CompiledModule,
  type DirectiveModule,
} from './compileModule.ts';
import type {Target} from '../transform/types.ts';
import {decodeText, mayHaveDirective} from './sourceFiles.ts';
import {hostOfLoader} from './fileHost.ts';
import {transformedFilesOf} from './transformedFiles.ts';

/** Key in `module.buildInfo`, which webpack's persistent cache keeps. */
export const BUILD_INFO_KEY = 'useServerWebpackPlugin';

/**
 * Answers modules with a directive whose code must not be in the graph: with a stub.
 *
 * It works in the pitching phase, as the outermost loader, and reads the file itself. So a
 * `"use server"` module reaches no other loader and no source map, loaders that look at the disk
 * (ts-loader) still see its types, and it never runs inside thread-loader, whose workers have no
 * `_module` to put the result on.
 */
export function pitch(this: LoaderContext<CompileOptions>): void {
  pitchWith(this, async () => this.getOptions());
}

/** @param optionsOf gives the options, asked for modules that may have a directive */
export function pitchWith(
  context: LoaderContext<CompileOptions>,
  optionsOf: () => Promise<CompileOptions>,
): void {
  const callback = context.async();
  context.fs.readFile(context.resourcePath, (error, content) => {
    // A file that cannot be read is reported by webpack, which reads it next.
    if (error || !content || !mayHaveDirective(content)) callback(null);
    else void settle(answer(context, decodeText(content), optionsOf), callback);
  });
}

/** Without content, webpack goes on with the other loaders. */
async function settle(
  work: Promise<string | null>,
  callback: (error: Error | null, content?: string) => void,
): Promise<void> {
  let code: string | null;
  try {
    code = await work;
  } catch (error) {
    return callback(error as Error);
  }
  return code === null ? callback(null) : callback(null, code);
}

/** @returns code in place of the module, or null to go on with the other loaders */
async function answer(
  context: LoaderContext<CompileOptions>,
  source: string,
  optionsOf: () => Promise<CompileOptions>,
): Promise<string | null> {
  const filename = context.resourcePath;
  context.addDependency(filename);
  const options = await optionsOf();
  const compiled = await compileModule(source, filename, options, hostOfLoader(context), {
    files: transformedFilesOf(context._compiler),
    isCodeNeeded: true,
    sourceMap: context.sourceMap,
  });
  if (compiled === null) return null;
  const {files, contexts, missing} = compiled.dependencies;
  for (const file of files) context.addDependency(file);
  for (const folder of contexts) context.addContextDependency(folder);
  for (const file of missing) context.addMissingDependency(file);
  const buildInfo = context._module?.buildInfo as Record<string, unknown> | undefined;
  if (!buildInfo) {
    throw new Error(
      'UseServerWebpackPlugin adds its loader itself, as the outermost one of the main process. Remove it from module.rules.',
    );
  }
  buildInfo[BUILD_INFO_KEY] = compiled.module;
  return replacement(compiled, source, options.target);
}

/**
 * Only stubs replace a module. What runs in this graph goes through the user's loaders: a client
 * module as it is, a server module as `serverLoader.ts` compiles it.
 */
function replacement({module, code}: CompiledModule, source: string, target: Target) {
  if (hasErrors(module)) return failingModule(module);
  const isStub = module.isClientModule === (target === 'server');
  return isStub && code !== source ? code : null;
}

/**
 * Stands in for a module that has errors, so that nothing of it is bundled even where webpack emits
 * assets despite of errors. It is CommonJS: webpack does not check the names that others import of it.
 */
function failingModule({path}: DirectiveModule): string {
  const message = `${path} was not bundled, because it has errors. webpack printed them when it built.`;
  return `throw new Error(${JSON.stringify(message)});`;
}
