import type {Compilation} from 'webpack';

/** Emits an asset as the other manifests are written: indented, with a line break at the end. */
export function emitJson(compilation: Compilation, file: string, content: object): void {
  const {RawSource} = compilation.compiler.webpack.sources;
  compilation.emitAsset(file, new RawSource(`${JSON.stringify(content, null, 2)}\n`));
}
