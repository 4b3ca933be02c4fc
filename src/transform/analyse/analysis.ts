import type {Node} from '../ast.ts';
import type {ParsedModule} from '../parse.ts';
import type {Reference, TransformOptions} from '../types.ts';
import type {UnusedNames} from '../unusedNames.ts';
import type {ModuleExport} from './exports/exports.ts';
import type {InlineFunctions} from './inline/inlinePlans.ts';
import type {LocalExport} from './exports/reassignedExports.ts';
import type {StarNames} from './exports/starNames.ts';

/** What a module is in the graph for which it is compiled. */
export type ModuleAnalysis = Untouched | StubAnalysis | ServerModuleAnalysis;

/** The module keeps its text. */
export interface Untouched {
  kind: 'untouched';
  clientReferences: Reference[];
}

/** Nothing of the module but its exports exists in this graph. */
export interface StubAnalysis {
  kind: 'server stub' | 'client stub';
  format: StubFormat;
  references: Reference[];
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  options: TransformOptions;
}

/** `interop`: CommonJS that a compiler made of ESM, whose default is the property `default`. */
export type StubFormat = 'esm' | 'commonjs' | 'interop';

/** The module runs in this graph, and holds server functions. */
export interface ServerModuleAnalysis {
  kind: 'server module';
  source: string;
  parsed: ParsedModule;
  options: TransformOptions;
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  /** The program and bodies of functions whose directives have done their work, or have none to do. */
  spentDirectives: Node[];
  /** What a `"use server"` module exports; `null` without the directive. */
  exports: ServerExports | null;
  inline: InlineFunctions;
  /** The `return` statements that end a CommonJS module. */
  returns: Node[];
  serverReferences: Reference[];
  names: UnusedNames;
}

export interface ServerExports {
  named: ModuleExport[];
  stars: StarNames[];
  /** Exports whose variable gets another value while the module runs. */
  reassigned: LocalExport[];
  references: Reference[];
}
