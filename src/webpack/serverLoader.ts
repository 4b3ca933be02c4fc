import type {LoaderContext} from 'webpack';
import {compileModule, type CompiledModule, type CompileOptions} from './compileModule.ts';
import {hostOf} from './loader.ts';
import {decodeText, mayHaveDirective} from './sourceFiles.ts';

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
      hostOf(context),
      {sourceMap},
    );
  } catch (error) {
    return callback(error as Error);
  }
  if (compiled === null) return callback(null, content);
  return callback(null, compiled.code, (compiled.map as never) ?? undefined);
}
