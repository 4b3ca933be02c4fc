import type {NormalModule} from 'webpack';
import type {ModuleFormat} from '../transform/types.ts';

/**
 * What a module of webpack is run as. Of `javascript/auto` webpack makes an ES module as soon as an
 * `import` or `export` is in it, ours too.
 *
 * @param source the module as its author wrote it
 * @returns `undefined` where its text decides
 */
export function moduleFormatOf(
  {type, resourceResolveData}: NormalModule,
  source: string,
): ModuleFormat | undefined {
  if (type === 'javascript/esm') return 'module';
  if (type === 'javascript/dynamic') return 'commonjs';
  const isModule = resourceResolveData?.['descriptionFileData']?.type === 'module';
  // In "auto" a file may be CommonJS in spite of its package.
  return isModule && !COMMON_JS.test(source) ? 'module' : undefined;
}

const COMMON_JS = /\bmodule\.exports\b|\bexports\s*[.[]|\brequire\s*\(/;
