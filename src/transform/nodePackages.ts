import {createRequire} from 'node:module';

const require = createRequire(import.meta.url);

/**
 * The packages that the transform uses, loaded when they are needed first.
 *
 * By `require()`: for an `import` Node first searches the whole text of a CommonJS package for the names
 * that it exports, which takes five times as long as to load the parser. Most programs never need
 * the others.
 */
export const packages = {
  parser: once(() => require('@babel/parser') as typeof import('@babel/parser')),
  codeFrame: once(() => require('@babel/code-frame') as typeof import('@babel/code-frame')),
  looseParser: once(() => require('acorn-loose') as typeof import('acorn-loose')),
  sourceMapCodec: once(
    () => require('@jridgewell/sourcemap-codec') as typeof import('@jridgewell/sourcemap-codec'),
  ),
  remapping: once(
    () => require('@jridgewell/remapping') as typeof import('@jridgewell/remapping').default,
  ),
};

function once<T>(load: () => T): () => T {
  let loaded: {value: T} | undefined;
  return () => (loaded ??= {value: load()}).value;
}
