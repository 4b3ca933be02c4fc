import type {IdOptions} from '../references/ids.ts';

/**
 * Which graph the module is compiled for.
 * - `'server'`: resolved with the `react-server` condition; server functions run here.
 * - `'client'`: the browser.
 * - `'ssr'`: client modules run on the server to make HTML.
 */
export type Target = 'server' | 'client' | 'ssr';

/** How a module is run: as an ES module, or as CommonJS. */
export type ModuleFormat = 'module' | 'commonjs';

/** A Source Map of revision 3, as an object (https://tc39.es/ecma426/). */
export interface SourceMap {
  /** Revision of the format. */
  version: 3;
  /** Name of the generated file. */
  file?: string;
  /** Put before each of `sources`. */
  sourceRoot?: string;
  /** Names of the original files. */
  sources: (string | null)[];
  /** Text of each of `sources`. */
  sourcesContent?: (string | null)[];
  /** Identifiers that `mappings` refers to. */
  names: string[];
  /** Which place in the generated file comes from where, encoded. */
  mappings: string;
}

/** A plugin of `@babel/parser` by its name, or with its options: `['pipelineOperator', {proposal: 'fsharp'}]`. */
export type ParserPluginItem = string | readonly [name: string, options: object];

/** Options of {@link transform}. */
export interface TransformOptions extends IdOptions {
  /** Absolute path of the module, of POSIX or of Windows. Its ending decides the syntax: TypeScript, JSX. */
  filename: string;
  /** Absolute path of the project root; ids are relative to it. */
  root: string;
  /** Which graph the module is compiled for. */
  target: Target;
  /**
   * What the host runs the module as. A module with `import` or `export` stays one in either case: in
   * `'commonjs'`, another tool is to compile it. Stubs are then CommonJS, since no tool sees them.
   * @default By the file name: ES modules are `.mjs` and `.mts`, CommonJS `.cjs` and `.cts`. Others are ES
   * modules when they use `import`, `export`, `import.meta` or `await` at their top level.
   */
  format?: ModuleFormat | undefined;
  /**
   * Module specifier whose export `callServer` the client stubs call.
   * @default 'use-server-webpack-plugin/client'
   */
  callServer?: string | undefined;
  /**
   * What `export * from` gives, by the specifier as written: names, or the reason why they cannot be
   * known, as a sentence. Ask `starExportSpecifiers()` which ones a module needs. An `export *` whose
   * names are not given is an error.
   */
  starExports?: ReadonlyMap<string, readonly string[] | {reason: string}> | undefined;
  /**
   * The text that its author wrote, when `source` has already been compiled by another tool: inline
   * functions are then named after it, so that ids do not depend on who compiles first.
   */
  originalSource?: string | undefined;
  /**
   * Plugins of `@babel/parser` for syntax that is no standard yet, such as `'doExpressions'`. Those for JSX,
   * TypeScript, Flow and decorators are chosen by the file.
   * @default []
   */
  parserPlugins?: readonly ParserPluginItem[] | undefined;
  /**
   * Whether to make a source map.
   * @default true
   */
  sourceMap?: boolean | undefined;
  /**
   * Whether references come with what a report shows of them.
   * @default false
   */
  details?: boolean | undefined;
  /** Source map of `source`, when it was generated; the result is chained through it. */
  inputSourceMap?: SourceMap | undefined;
}

/** One-based line and zero-based column, as in Babel and webpack. */
export interface Position {
  /** From 1. */
  line: number;
  /** From 0. */
  column: number;
}

/** A part of the source. */
export interface Location {
  /** Where it begins. */
  start: Position;
  /** Where it has ended: after its last character. */
  end: Position;
}

/** A server or client reference found in the module. */
export interface Reference {
  /** The `$$id`. */
  id: string;
  /** Name of its export in the module. */
  exportName: string;
  /** True for an inline server function: the export is made by the compiler. */
  isInline?: boolean;
  /** Names of other exports of its `"use server"` module that its code may give to a caller. */
  handsOut?: string[];
  /** True where the code that runs when the module loads may give it away. */
  isHandedOut?: boolean;
  /** Where its function or export stands in `source`. */
  loc: Location;
  /** What a report shows of it, where asked for by `details`. Only of server functions, in the server graph. */
  details?: FunctionDetails;
}

/** What the text of a module shows of a server function, for people who look at what is exposed. */
export interface FunctionDetails {
  /** What its author calls it: `save`. */
  label: string;
  /** The function, mostly a component, in which an inline server function stands. */
  within: string | null;
  /** What an inline server function uses of the code around it. It travels encrypted. */
  captures: Capture[];
  /** What runs before it. */
  guards: Guard[];
  /** Those that the function uses; `null` where the text does not show the function. */
  parameters: Parameter[] | null;
  /** The one of `guards` that, by its name, validates the arguments. */
  validatedBy: string | null;
  /** Specifier of the module that the function itself is imported from, as written. */
  importedFrom: string | null;
  /** What its own module does with an inline server function. */
  uses: FunctionUse[];
}

/** A variable that travels with an inline server function. */
export interface Capture {
  /** Name of the variable. */
  name: string;
  /** The paths of the members that travel: `[['author', 'id']]`; `null` when the whole value does. */
  paths: string[][] | null;
}

/** A call that stands before a server function. */
export interface Guard {
  /**
   * - `'wrapper'`: the function is an argument of it: `withUser(async () => …)`.
   * - `'call'`: a statement of the function calls it, and by its name it asks who calls: `requireUser()`.
   */
  kind: 'wrapper' | 'call';
  /** As it is written: `withUser`, `auth.schema().action`. */
  name: string;
  /** Specifier of the module that it is imported from, as written; `null` when it is of this module. */
  from: string | null;
}

/** A parameter of a server function, or a part of one that is taken out by a pattern. */
export interface Parameter {
  /** Name of the variable. */
  name: string;
  /** Whether some check of its value can be found; which one it is, the text does not tell. */
  isChecked: boolean;
}

/** One use of a server function in a module. */
export interface FunctionUse {
  /**
   * - `'form'`: `<form action={save}>`, `<button formAction={save}>`, `useActionState(save, …)`.
   * - `'prop'`: any other attribute of an element, as `<NoteForm save={save} />`.
   * - `'called'`: `save(note)`.
   * - `'passed'`: everything else, as `startTransition(save)` or `return {save}`.
   */
  kind: 'form' | 'prop' | 'called' | 'passed';
  /** From 1. */
  line: number;
}

/** One name that a module imports or exports again. */
export interface ImportUse {
  /** As written. */
  specifier: string;
  /** The name in the other module; `'*'` for the whole of it. */
  name: string;
  /** Under which name it is exported again, `'*'` for all names; `null` when it is not. */
  exportedAs: string | null;
  /** What is done with it. */
  uses: FunctionUse[];
}

/** What the compiler says of a module. */
export interface Diagnostic {
  /** A module with an error cannot be used; a warning changes nothing. */
  severity: 'error' | 'warning';
  /** Stable name, and anchor in docs/errors.md: `not-async`. */
  code: string;
  /** What is wrong and what to write instead, without the frame. */
  message: string;
  /** Where it is wrong. */
  loc: Location;
  /** Code frame around `loc`, without colours. */
  frame: string;
}

/** What {@link transform} gives. */
export interface TransformResult {
  /** The compiled module. */
  code: string;
  /** `null` when not asked for, and for stubs, whose map would show server code. */
  map: SourceMap | null;
  /** The server functions of the module. */
  serverReferences: Reference[];
  /** The exports of the module, when it is a `"use client"` module. */
  clientReferences: Reference[];
  /** Errors are returned, not thrown, a syntax error too. With an error in it, `code` must not be used. */
  diagnostics: Diagnostic[];
}
