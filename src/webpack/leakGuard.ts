import type {Compilation, Compiler, Module} from 'webpack';
import {transform} from '../transform/index.ts';
import {plainError} from './plainError.ts';

type NormalModuleFactory = ReturnType<Compiler['createNormalModuleFactory']>;

const NAME = 'UseServerWebpackPlugin';
const JAVASCRIPT_TYPES = ['javascript/auto', 'javascript/dynamic', 'javascript/esm'] as const;
const DIRECTIVE = 'use server';
/** Key in `module.buildInfo`, which webpack's persistent cache keeps: the guard has seen this code. */
const SEEN_KEY = 'useServerWebpackPluginSeen';

/** A node of ESTree, read structurally. */
interface Node {
  type: string;
  /** Of an expression statement in a directive prologue: the text between its quotes. */
  directive?: string;
}

/**
 * Fails modules that say `"use server"`, at the top or in a function, after all loaders ran. Code that
 * a loader generated, a `data:` URL or a file with an unusual ending can: the plugin's loader has not
 * seen them, so they would be bundled as they are.
 *
 * webpack parses each module anyway, and only where the text holds the words is its tree walked. A
 * module that fails is never taken from webpack's persistent cache, nor is one that was stored by a
 * build without this guard.
 *
 * @param isGuarded whether the code of a layer must hold no server function
 */
export function guardAgainstLeaks(
  compilation: Compilation,
  normalModuleFactory: NormalModuleFactory,
  isGuarded: (layer: string | null) => boolean = () => true,
): void {
  for (const type of JAVASCRIPT_TYPES) {
    normalModuleFactory.hooks.parser.for(type).tap(NAME, (parser) => {
      parser.hooks.program.tap(NAME, (program) => {
        const {module} = parser.state;
        (module.buildInfo as Record<string, unknown>)[SEEN_KEY] = true;
        if (!isGuarded(module.layer ?? null) || !textOf(module).includes(DIRECTIVE)) return;
        if (hasDirective(program.body)) throw leak('says "use server"');
        if (holdsServerFunction(program)) throw leak(DEFINES);
      });
    });
  }
  const {NormalModule} = compilation.compiler.webpack;
  NormalModule.getCompilationHooks(compilation).needBuild.tap(NAME, (module) => {
    const isUnseen = isJavaScript(module) && isParsed(module) && !infoOf(module)[SEEN_KEY];
    // `undefined` leaves the decision to others; the types of webpack do not know that.
    return (isUnseen || undefined) as boolean;
  });
  compilation.hooks.finishModules.tap(NAME, (modules) => {
    for (const module of modules) {
      if (isJavaScript(module) && !isParsed(module) && isGuarded(module.layer ?? null)) {
        reportUnparsed(compilation, module);
      }
    }
  });
}

/** What has no tree to look at, as what `module.noParse` names. Such files are few, so one may be made here. */
export function reportUnparsed(compilation: Compilation, module: Module): void {
  const code = textOf(module);
  const result = transform(code, {filename: '/module.js', root: '/', target: 'client'});
  const isServers = result?.diagnostics.some(({code}) => code === SERVER_FUNCTION);
  if (!isServers && (!result || result.code === code)) return;
  const error = plainError(compilation.compiler.webpack, leak(DEFINES).message);
  error.module = module;
  compilation.errors.push(error);
}

const SERVER_FUNCTION = 'server-function-in-client-module';
const DEFINES = 'defines a server function, by "use server" inside of it';

export function isJavaScript(module: Module): boolean {
  return (JAVASCRIPT_TYPES as readonly string[]).includes(module.type);
}

function isParsed(module: Module): boolean {
  return infoOf(module)['parsed'] !== false;
}

function infoOf({buildInfo}: Module): Record<string, unknown> {
  return (buildInfo ?? {}) as Record<string, unknown>;
}

function textOf(module: Module): string {
  return String(module.originalSource()?.source() ?? '');
}

/** Whether the statements begin with the directive, or with others and then it. */
function hasDirective(body: readonly Node[]): boolean {
  for (const {directive} of body) {
    if (directive === undefined) return false;
    if (directive === DIRECTIVE) return true;
  }
  return false;
}

/** Without recursion: generated code nests deeper than the stack goes, as in chains of calls. */
function holdsServerFunction(program: Node): boolean {
  const pending: unknown[] = [program];
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (isFunctionWithBlock(value) && hasDirective(value.body.body)) return true;
    for (const part of Object.values(value)) pending.push(part);
  }
  return false;
}

/** Methods are function expressions in ESTree. */
function isFunctionWithBlock(value: object): value is {body: {body: Node[]}} {
  const {type, body} = value as Node & {body?: {type?: string}};
  return /Function/.test(type) && body?.type === 'BlockStatement';
}

/** Without stack and position: webpack would print lines of the module into the bundle. */
function leak(what: string): Error {
  const error = new Error(
    `This module ${what}, but UseServerWebpackPlugin could not see that in its file, so its code would reach the browser. Put server functions in a .js, .jsx, .ts or .tsx file with "use server" at its top, and import them from there.`,
  );
  error.stack = '';
  return error;
}
