import {isAbsolute, relative, resolve, sep} from 'node:path';
import type {Compilation, Compiler} from 'webpack';

/**
 * Keeps `output.clean` of one config of a pair from removing what the other one writes into a folder
 * below, such as `dist/public` in `dist`. The two build at the same time, so whether its files were
 * there already when the folder was cleaned would be a matter of luck.
 *
 * @param other the compiler of the other config, known when files are written
 * @param files names of further files that it writes, relative to this one's output folder
 */
export function keepFilesOfOther(
  compilation: Compilation,
  other: () => Compiler | null,
  files: readonly string[] = [],
): void {
  const {outputPath, webpack} = compilation.compiler;
  webpack.CleanPlugin.getCompilationHooks(compilation).keep.tap(
    'UseServerWebpackPlugin',
    (path) => {
      const folder = other()?.outputPath;
      const isOfOther =
        files.includes(path) ||
        (folder && isBelow(folder, outputPath) && isIn(resolve(outputPath, path), folder));
      return isOfOther ? true : undefined;
    },
  );
}

function isIn(path: string, folder: string): boolean {
  return path === folder || isBelow(path, folder);
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
