import type {NodePath} from '@babel/traverse';
import {parseModule} from '../../../src/transform/parse.ts';
import {transform, type TransformResult} from '../../../src/transform/index.ts';
import {markFunctions, traverse, type MarkedSource} from './support/directives.ts';
import {publishedFiles} from './support/publishedCode.ts';

const total = {functions: 0, refused: {} as Record<string, number>, compiled: 0};
const failures: string[] = [];

beforeAll(() => {
  for (const {name, source} of publishedFiles(120)) {
    const filename = `/published/${name}`;
    for (const marked of markFunctions(source, filename, 4)) check(marked, filename);
  }
  console.info('Server functions made of published code', JSON.stringify(total));
}, 3_600_000);

const properties: Record<string, (input: Compiled) => string | null> = {
  'the output parses': ({parsedOutput}) =>
    'problems' in parsedOutput ? parsedOutput.problems[0]!.message : null,
  'a second run finds nothing to do': ({result, options}) =>
    transform(result.code, options) === null ? null : 'it does not return null',
  'the same input gives the same bytes': ({result, source, options}) =>
    transform(source, options)!.code === result.code ? null : 'other bytes',
  'every line stays where it is, and but for the changed ones as it is': linesStay,
  'a copy uses what its function used: captures, names of the module, globals': sameFreeNames,
};

test.each(Object.keys(properties))('in published code, %s', (property) => {
  expect(failures.filter((failure) => failure.startsWith(property))).toEqual([]);
  expect(total.compiled).toBeGreaterThan(100);
});

interface Compiled {
  source: string;
  start: number;
  filename: string;
  options: Parameters<typeof transform>[1];
  result: TransformResult;
  parsedOutput: ReturnType<typeof parseModule>;
}

function check({source, start}: MarkedSource, filename: string): void {
  // Making a function async can make `await` in it a syntax error, and the same for its callers.
  if ('problems' in parseModule(source, filename)) return;
  total.functions++;
  const options = {filename, root: '/published', target: 'server', sourceMap: false} as const;
  const result = transform(source, options)!;
  const error = result.diagnostics.find(({severity}) => severity === 'error');
  if (error) {
    total.refused[error.code] = (total.refused[error.code] ?? 0) + 1;
    return;
  }
  total.compiled++;
  const parsedOutput = parseModule(result.code, filename);
  const compiled = {source, start, filename, options, result, parsedOutput};
  for (const [property, holds] of Object.entries(properties)) {
    const problem = 'problems' in parsedOutput && holds === sameFreeNames ? null : holds(compiled);
    if (problem) {
      const line = source.slice(0, start).split('\n').length;
      failures.push(`${property}: ${problem} (${filename}:${line})`);
    }
  }
}

/** What the compiler adds has no line break before the end, and is put between what there was. */
function linesStay({source, result}: Compiled): string | null {
  const output = result.code.split('\n');
  let changed = 0;
  for (const [i, line] of source.replace(`'use server';`, '').split('\n').entries()) {
    if (line === output[i]) continue;
    changed++;
    if (!isSubsequence(line, output[i] ?? '')) return `line ${i + 1} is another one`;
  }
  // The import, the registration, the start and the end of the function.
  return changed <= 4 ? null : `${changed} lines are changed`;
}

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const char of part) {
    at = whole.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/**
 * A name that the function takes from outside means the same for its copy. Rebuilt local functions
 * bring names of their own; none of them may be a global that the source does not use.
 */
function sameFreeNames({source, start, filename, result}: Compiled): string | null {
  const before = freeNames(source, filename, ({node}) => node.start === start);
  const {exportName} = result.serverReferences[0]!;
  const isCopy = ({node}: NodePath) =>
    node.type === 'FunctionDeclaration' && node.id?.name === exportName;
  const after = freeNames(result.code, filename, isCopy);
  // A function of the module itself is exported as it is.
  if (!before.names || !after.names) return null;
  for (const [name, place] of after.names) {
    const known = before.names.get(name);
    if (place === 'module' && known === 'local') return `"${name}" was a local variable`;
    // Babel does not count these among the globals.
    if (place !== 'global' || /^(arguments|undefined|NaN|Infinity)$/.test(name)) continue;
    if (known ? known !== 'global' : !before.globals.has(name)) return `"${name}" is not defined`;
  }
  return null;
}

type Place = 'local' | 'module' | 'global';

interface FreeNames {
  /** What the wanted function uses and does not declare; `null` when there is no such function. */
  names: Map<string, Place> | null;
  /** What the module uses and does not declare. */
  globals: Set<string>;
}

function freeNames(
  source: string,
  filename: string,
  isWanted: (path: NodePath) => boolean,
): FreeNames {
  const parsed = parseModule(source, filename);
  if ('problems' in parsed) throw new Error(parsed.problems[0]!.message);
  const found: FreeNames = {names: null, globals: new Set()};
  traverse(
    {type: 'File', program: parsed.module.program},
    {
      Program(path) {
        found.globals = new Set(Object.keys((path.scope as any).globals));
      },
      Function(path) {
        if (!isWanted(path)) return;
        found.names = namesFromOutside(path);
        path.stop();
      },
    },
  );
  return found;
}

function namesFromOutside(fn: NodePath): Map<string, Place> {
  const names = new Map<string, Place>();
  fn.traverse({
    enter(path) {
      if (/^TS(Type|Interface)|TypeAnnotation$/.test(path.node.type)) return path.skip();
      if (!path.isReferencedIdentifier()) return;
      const {name} = path.node as {name: string};
      const around = path.scope.getBinding(name)?.scope.path;
      if (around && (around === fn || around.isDescendant(fn))) return;
      names.set(name, !around ? 'global' : around.isProgram() ? 'module' : 'local');
    },
  });
  return names;
}
