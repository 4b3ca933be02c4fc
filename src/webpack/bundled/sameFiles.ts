import {join} from 'node:path';
import type {Compilation} from 'webpack';
import {plainError} from '../plainError.ts';
import type {Side} from './link.ts';

/** Reports a pair of configs of which one overwrites what the other one writes. */
export function refuseSameFiles(compilation: Compilation, own: Side, other: Side): void {
  const {compiler, errors, hooks} = compilation;
  hooks.afterProcessAssets.tap('UseServerWebpackPlugin', () => {
    own.scripts = scriptsOf(compilation);
    // Whichever is ready last has both.
    const same = [...own.scripts].filter((file) => other.scripts.has(file));
    if (same.length === 0) return;
    errors.push(
      plainError(
        compiler.webpack,
        `Both configs of createUseServer() write ${same.sort().join(', ')}. Give the client a folder of its own, which alone is served: output: {path: ${JSON.stringify(join(compiler.outputPath, 'public'))}}.`,
      ),
    );
  });
}

function scriptsOf({chunks, compiler}: Compilation): Set<string> {
  const files = [...chunks].flatMap((chunk) => [...chunk.files]);
  return new Set(
    files.filter((file) => /\.[cm]?js$/.test(file)).map((file) => join(compiler.outputPath, file)),
  );
}
