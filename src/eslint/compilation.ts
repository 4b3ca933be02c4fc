import {isAbsolute, join} from 'node:path';
import type {Rule, SourceCode} from 'eslint';
import {findSync} from '../node/findSync.ts';
import {readStarExports} from '../node/starExports.ts';
import {findFormat} from '../resolution/moduleFormat.ts';
import {
  mayHaveDirective,
  transformForAll,
  type Diagnostic,
  type Reference,
  type Target,
} from '../transform/index.ts';
import {SOURCE_FILE} from '../webpack/sourceFiles.ts';
import {isModuleOf} from './directives.ts';
import {settingsOf} from './settings.ts';
import type {Node} from './syntaxTree.ts';

/** What the compiler says of the file that is linted. */
export interface Compilation {
  /** In the order of the source; what it says for several graphs is there once. */
  diagnostics: Diagnostic[];
  serverReferences: Reference[];
}

/** Several rules ask for the same file. */
const compilations = new WeakMap<SourceCode, Compilation | null>();

/**
 * Compiles the text that is linted, which may not have been saved yet.
 *
 * @returns `null` when it holds no directive, which a search of the text tells, or is no JavaScript or TypeScript
 */
export function compilationOf(context: Rule.RuleContext): Compilation | null {
  const {sourceCode} = context;
  let compilation = compilations.get(sourceCode);
  if (compilation === undefined) {
    compilation = compile(context);
    compilations.set(sourceCode, compilation);
  }
  return compilation;
}

function compile(context: Rule.RuleContext): Compilation | null {
  const {sourceCode, cwd: root} = context;
  const source = sourceCode.text;
  const filename = filenameOf(context);
  if (!SOURCE_FILE.test(filename) || !mayHaveDirective(source)) return null;
  const {parserPlugins} = settingsOf(context);
  const format = findSync(findFormat(filename));
  const starExports = readStarExports(source, filename, {format, parserPlugins});
  const options = {filename, root, parserPlugins, starExports, sourceMap: false};
  const results = transformForAll(
    source,
    {...options, ...(format && {format})},
    targetsOf(sourceCode.ast as unknown as Node),
  );
  if (results === null) return null;
  return {
    diagnostics: unique(results.flatMap(({diagnostics}) => diagnostics)),
    serverReferences: results[0]!.serverReferences,
  };
}

/** Text without a file may be of any of the languages, which the largest of them holds nearly all of. */
function filenameOf({filename, cwd}: Rule.RuleContext): string {
  return isAbsolute(filename) ? filename : join(cwd, 'input.tsx');
}

/** What no client imports may define server functions inline, so the client graph has nothing to say of it. */
function targetsOf(program: Node): Target[] {
  return isModuleOf('use client', program) ? ['server', 'client'] : ['server'];
}

function unique(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const {code, message, loc} = diagnostic;
    byKey.set(JSON.stringify([code, message, loc]), diagnostic);
  }
  return [...byKey.values()];
}
