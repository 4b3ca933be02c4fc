import type {Compiler} from 'webpack';
import {transformForAll} from '../transform/index.ts';
import type {Target, TransformOptions, TransformResult} from '../transform/types.ts';

type FileOptions = Omit<TransformOptions, 'target'>;

interface TransformedFile {
  source: string;
  /** Everything else that decides the results, but for source maps. */
  key: string;
  hasSourceMap: boolean;
  results: Record<Target, TransformResult> | null;
}

/**
 * What the transform made of files, for all graphs: most files with a directive are needed by several
 * of them, and to parse one is what costs. The transform is pure, so a result is right for as long as
 * text and options are the same; the latest one of each file is kept.
 */
export class TransformedFiles {
  readonly #files = new Map<string, TransformedFile>();

  transform(
    source: string,
    {target, sourceMap = true, ...options}: TransformOptions,
  ): TransformResult | null {
    const key = keyOf(options);
    let file = this.#files.get(options.filename);
    // Only what stays in the server graph has a map.
    const isMapMissing = target === 'server' && sourceMap && !file?.hasSourceMap;
    if (!file || file.source !== source || file.key !== key || isMapMissing) {
      const results = transformForGraphs(source, {...options, sourceMap});
      file = {source, key, hasSourceMap: sourceMap, results};
      this.#files.set(options.filename, file);
    }
    return file.results && file.results[target];
  }
}

const ofCompiler = new WeakMap<Compiler, TransformedFiles>();

/** Two compilers that build the same files may share them. */
export function shareTransformedFiles(compiler: Compiler, files: TransformedFiles): void {
  ofCompiler.set(compiler, files);
}

/** @param compiler also a child of the one that shares them; nothing outside of webpack's process */
export function transformedFilesOf(compiler: Compiler | undefined): TransformedFiles {
  return (compiler && ofCompiler.get(compiler.root)) ?? new TransformedFiles();
}

/** SSR gets what the browser gets. */
function transformForGraphs(
  source: string,
  options: FileOptions,
): Record<Target, TransformResult> | null {
  const results = transformForAll(source, options, ['server', 'client']);
  if (results === null) return null;
  const [server, client] = results as [TransformResult, TransformResult];
  return {server, client, ssr: client};
}

function keyOf({starExports, ...options}: FileOptions): string {
  return JSON.stringify([options, [...(starExports ?? [])]]);
}
