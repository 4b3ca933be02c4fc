import type {Capture, FunctionUse, Guard, Parameter} from '../transform/types.ts';

/** Changes when a reader of an older report would misunderstand a newer one. */
export const REPORT_VERSION: Report['version'] = 1;

/** What of an app can be called by anybody who sends it a request, and what is known of each function. */
export interface Report {
  /** Of this format. */
  version: 1;
  /** Whether Node runs the sources of the server, or webpack has built it too. */
  server: 'sources' | 'bundled';
  /** webpack's mode. */
  mode: string;
  /** Those that can be called, in the order of files and lines. */
  functions: ReportedFunction[];
  /** Exports of `"use server"` modules that the build left out, because nothing uses them. */
  uncallable: UncallableExport[];
  /** Modules on both sides of the border; of a package all of them together. */
  modules: ReportedModule[];
  /** Imports from one side to the other. */
  crossings: Crossing[];
}

/** One callable function. */
export interface ReportedFunction {
  /** The `$$id`: what a request names it by. */
  id: string;
  /** What its author calls it: `save`. Of an export, its name. */
  name: string;
  /** Path from the root. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Exported by a `"use server"` module, or a function that says `"use server"` itself. */
  kind: 'module' | 'inline';
  /** The function or component around an inline one. */
  within: string | null;
  /** Why it can be called. */
  exposure: Exposure;
  /** What travels with it, encrypted. */
  captures: Capture[];
  /** Modules that use it, by import or, of an inline one, its own. */
  usedBy: FunctionUser[];
  /** Functions of its module that may give it away. */
  handedOutBy: string[];
  /** What runs before it, as far as its module shows it. */
  guards: ReportedGuard[];
  /** Those that it uses; `null` where its module does not show the function. */
  parameters: Parameter[] | null;
  /** The wrapper that validates its arguments, by its name. */
  validatedBy: string | null;
  /** The file or package that it is imported from, where its module only exports it again. */
  definedIn: string | null;
}

/**
 * Why a function can be called.
 * - `'client'`: code that runs in the browser imports it.
 * - `'server'`: code on the server gives it to the page: as a form's action, as a prop.
 * - `'inline'`: it says `"use server"` itself, so everyone who gets its page has it.
 * - `'handed-out'`: another function of its module may give it away.
 * - `'server-calls'`: only code on the server uses it, and only calls it. It need not be callable.
 * - `'unused'`: its module exports it, and nothing is known to use it.
 */
export type Exposure = 'client' | 'server' | 'inline' | 'handed-out' | 'server-calls' | 'unused';

/** A module that uses a function. */
export interface FunctionUser {
  /** Path from the root. */
  file: string;
  /** Where this module runs. */
  graph: 'client' | 'server';
  /** Whether it imports its module as a whole, so that nothing says which functions it uses. */
  isWhole: boolean;
  /** What it does with the function; empty where the text does not show it. */
  uses: FunctionUse[];
  /** Names of the chunks of the browser's build that have the module. */
  chunks: string[];
}

/** A call that stands before a function. */
export interface ReportedGuard extends Pick<Guard, 'kind' | 'name'> {
  /** Path from the root, or the name of the package, that it is imported from; `null` for the same file. */
  file: string | null;
}

/** An export of a `"use server"` module that cannot be called. */
export interface UncallableExport {
  /** Its name. */
  name: string;
  /** Path from the root. */
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/** A module on one side of the border. */
export interface ReportedModule {
  /** Path from the root, or the name of a package. */
  path: string;
  /** Where it runs. One module can be on both sides. */
  graph: 'client' | 'server';
  /** Where it is on the border. */
  directive: 'use client' | 'use server' | null;
  /** In bytes: what webpack makes the bundle of, or where Node runs the sources, the file. */
  size: number;
  /** How many modules a package has in this graph; `null` for a module of the app. */
  count: number | null;
}

/** An import across the border. */
export interface Crossing {
  /** The browser calls the server, or the server renders a component of the browser. */
  kind: 'calls' | 'renders';
  /** Path of the importing module. */
  from: string;
  /** Path of the imported module. */
  to: string;
}

/** Whether every argument that a function uses is checked by something. */
export function validationOf({
  parameters,
  validatedBy,
}: Pick<ReportedFunction, 'parameters' | 'validatedBy'>): Validation {
  if (validatedBy !== null) return 'checked';
  if (parameters === null) return 'unknown';
  if (parameters.length === 0) return 'no arguments';
  const count = parameters.filter(({isChecked}) => isChecked).length;
  if (count === parameters.length) return 'checked';
  return count === 0 ? 'unchecked' : 'partly checked';
}

export type Validation = 'checked' | 'partly checked' | 'unchecked' | 'no arguments' | 'unknown';
