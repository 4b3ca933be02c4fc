import type {LoaderContext} from 'webpack';
import {compileModule, type CompiledModule, type CompileOptions} from './compileModule.ts';
import {decodeText, mayHaveDirective} from './sourceFiles.ts';
import {hostOfLoader} from './fileHost.ts';
import {transformedFilesOf} from './transformedFiles.ts';

/**
 * Compiles what stays in the server graph, as the innermost loader: from the text that its author
 * wrote, before any other loader. It reports nothing, since `loader.ts` has done that: this one may
 * run in a worker of thread-loader, where there is no module to report to.
 */
export default function serverLoader(
  this: LoaderContext<CompileOptions>,
  content: string | Buffer,
): void {
  const callback = this.async();
  if (mayHaveDirective(content)) void compile(this, content, callback);
  else callback(null, content);
}

type Callback = ReturnType<LoaderContext<CompileOptions>['async']>;

async function compile(
  context: LoaderContext<CompileOptions>,
  content: string | Buffer,
  callback: Callback,
): Promise<void> {
  const {resourcePath, sourceMap} = context;
  let compiled: CompiledModule | null;
  try {
    compiled = await compileModule(
      decodeText(content),
      resourcePath,
      context.getOptions(),
      hostOfLoader(context),
      {files: transformedFilesOf(context._compiler), isCodeNeeded: true, sourceMap},
    );
  } catch (error) {
    return callback(error as Error);
  }
  if (compiled === null) return callback(null, content);
  // Other loaders may write into the map that they get.
  const map = compiled.map && structuredClone(compiled.map);
  return callback(null, compiled.code, (map as never) ?? undefined);
}
