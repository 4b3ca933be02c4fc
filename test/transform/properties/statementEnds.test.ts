import {parse, type ParserPlugin} from '@babel/parser';
import {assert, constantFrom, property, tuple, type Arbitrary} from 'fast-check';
import {compile} from '../support/compile.ts';
import {
  CLASSES,
  FUNCTIONS,
  LINE_ENDS,
  NEXT_MEMBERS,
  NEXT_STATEMENTS,
  STATEMENTS,
  TYPED_CLASSES,
  TYPED_MEMBERS,
  TYPED_STATEMENTS,
} from './support/openStatements.ts';
import {evaluate} from './support/evaluate.ts';
import {withoutRegistrations} from './support/withoutRegistrations.ts';
import {testSeed as seed} from '../../support/seed.mjs';

/** Every case with its own choice of function and line end, each of which meets most cases in time. */
const runs = Number(process.env['TEST_RUNS'] ?? 1_500);

const pick = (values: readonly string[]) => constantFrom(...values);
const counts = {compared: 0, run: 0, 'not JavaScript': 0};

afterAll(() => console.info(`Open statements (TEST_SEED=${seed}): ${JSON.stringify(counts)}`));

describe.each([
  ['statements', STATEMENTS, NEXT_STATEMENTS, 'Page.jsx'],
  ['class members', CLASSES, NEXT_MEMBERS, 'Page.jsx'],
  ['statements before JSX and decorators', STATEMENTS, TYPED_STATEMENTS, 'Page.tsx'],
  ['members with types', TYPED_CLASSES, [...NEXT_MEMBERS, ...TYPED_MEMBERS], 'Page.tsx'],
])('%s without a semicolon', (_, contexts, nexts, name) => {
  test('end where they end in the source', () => {
    let turn = seed;
    const takeTurns = (values: readonly string[]) => values[turn++ % values.length]!;
    for (const context of contexts) {
      for (const next of nexts) {
        const choose = () => ({fn: takeTurns(FUNCTIONS), end: takeTurns(LINE_ENDS)});
        checkProgram(page(fill(context, next, choose)), name);
      }
    }
  });

  test('end where they end in the source, several of them and one in another', () => {
    const statement = tuple(pick(contexts), pick(nexts), pick(FUNCTIONS), pick(LINE_ENDS)).map(
      ([context, next, fn, end]) => fill(context, next, () => ({fn, end})),
    );
    const program: Arbitrary<string> = tuple(statement, statement, pick(LINE_ENDS)).map(
      ([first, second, end]) => page(`{ ${first}\n}${end}{ ${second} }`),
    );
    assert(
      property(program, (source) => checkProgram(source, name)),
      {seed, numRuns: runs / 4},
    );
  });
});

test('exported variables without a semicolon end where they end in the source', () => {
  const statements = [
    'export const a = F\nNEXT',
    'export let a = F, b = F\nNEXT',
    'let a = F\nNEXT\nexport {a}',
    'export let a = F\na = F\nNEXT',
    'export const a = wrap(F)\n;NEXT',
    'export const a = t ? F : F\nNEXT',
    'export const {a = F} = {}\n;NEXT',
    'const a = F\nexport default a\n;NEXT',
  ];
  for (const statement of statements) {
    for (const next of NEXT_STATEMENTS) {
      for (const end of LINE_ENDS) {
        const choose = () => ({fn: 'async (x) => { return x }', end});
        checkProgram(
          `'use server'\n${SETUP}const wrap = (f) => f\n${fill(statement, next, choose)}`,
          'actions.js',
        );
      }
    }
  }
});

test('an exported default without a semicolon ends where it ends in the source', () => {
  const values = [
    ...FUNCTIONS,
    't ? F : F',
    'v = F',
    'x => F',
    'async x => F',
    'async (x) => { log(x) }',
    'async function () {}\n;',
    'n++',
    'v = n++',
    'class {}.name',
    '(F)\n;',
  ];
  for (const directive of ["'use server'\n", "'use server';\n'use strict'\n"]) {
    for (const value of values) {
      for (const next of NEXT_STATEMENTS) {
        for (const end of LINE_ENDS) {
          const source = `${directive}export default ${value.replaceAll('F', FUNCTIONS[0]!)}${end}${next}`;
          checkProgram(source, 'actions.js');
        }
      }
    }
  }
});

const SETUP = `let v, n = 2, t = true, o = {};`;

function page(statements: string): string {
  return `${SETUP}\nfunction Page(x) {\n${statements}\nreturn v\n}\nPage(5)`;
}

function fill(context: string, next: string, choose: () => {fn: string; end: string}): string {
  return context
    .replaceAll('\nNEXT', () => choose().end + next)
    .replaceAll(/\bF\b/g, () => choose().fn);
}

function checkProgram(source: string, name: string): void {
  const plugins: ParserPlugin[] = ['jsx', 'decorators-legacy', 'decoratorAutoAccessors'];
  const before = tryParse(source, name.endsWith('x') ? [...plugins, 'typescript'] : plugins);
  if (!before) {
    counts['not JavaScript']++;
    return;
  }
  const {code, diagnostics} = compile(source, {name, sourceMap: false});
  if (diagnostics.some(({severity}) => severity === 'error')) return;
  const after = tryParse(code, name.endsWith('x') ? [...plugins, 'typescript'] : plugins);
  const tree = after && withoutRegistrations(after);
  compare(source, code, tree, withoutRegistrations(before));
  counts.compared++;
  if (name.endsWith('tsx')) return;
  compare(source, code, evaluate(code), evaluate(source));
  counts.run++;
}

/** Strings are compared first: `expect` takes long for a large tree. */
function compare(source: string, code: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  expect({source, code, actual}).toEqual({source, code, actual: expected});
}

function tryParse(source: string, plugins: ParserPlugin[]) {
  try {
    return parse(source, {sourceType: 'unambiguous', plugins}).program;
  } catch {
    return null;
  }
}
