export {transform, transformForAll} from './compile.ts';
export {exportedNames, starExportSpecifiers, type ExportedNames} from './analyse/exportNames.ts';
export {isPlainClientModule, mayHaveDirective} from './directiveText.ts';
export type {
  Diagnostic,
  Location,
  Position,
  Reference,
  SourceMap,
  Target,
  TransformOptions,
  TransformResult,
} from './types.ts';
