export {transform, transformForAll} from './compile.ts';
export {
  moduleRecord,
  starExportSpecifiers,
  type ExportEntry,
  type ModuleRecord,
} from './analyse/exports/moduleRecord.ts';
export {isPlainClientModule, mayHaveDirective} from './directiveText.ts';
export type {ParseOptions} from './parse.ts';
export type {
  Capture,
  Diagnostic,
  FunctionDetails,
  FunctionUse,
  Guard,
  Location,
  ModuleFormat,
  Parameter,
  ParserPluginItem,
  Position,
  Reference,
  SourceMap,
  Target,
  TransformOptions,
  TransformResult,
} from './types.ts';
