import {codeFrameColumns} from '@babel/code-frame';
import {parse} from '@babel/parser';
import remapping from '@jridgewell/remapping';
import {encode} from '@jridgewell/sourcemap-codec';
import {parse as parseLoosely} from 'acorn-loose';

/**
 * The packages that the transform uses, where a bundler has put them beside it. Where Node runs it,
 * `#packages` is nodePackages.ts.
 */
export const packages = {
  parser: () => ({parse}),
  codeFrame: () => ({codeFrameColumns}),
  looseParser: () => ({parse: parseLoosely}),
  sourceMapCodec: () => ({encode}),
  remapping: () => remapping,
};
