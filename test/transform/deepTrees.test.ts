import {moduleRecord, transform} from '../../src/transform/index.ts';
import {compile, ids} from './support/compile.ts';

const repeat = (count: number, part: (index: number) => string) =>
  Array.from({length: count}, (_, index) => part(index)).join('');

const LONG: Record<string, (count: number) => string> = {
  'chained calls': (count) => `x${repeat(count, (i) => `.m(y, ${i})`)}`,
  'chained calls with functions': (count) => `x${repeat(count, () => `.m((z) => z(y))`)}`,
  'optional calls': (count) => `x${repeat(count, () => '?.m?.(y)')}`,
  'members by key': (count) => `x${repeat(count, () => '[y]')}`,
  'calls of results': (count) => `x${repeat(count, () => '(y)')}`,
  'tagged templates': (count) => `x${repeat(count, () => '`${y}`')}`,
  'non-null assertions': (count) => `[y, x${repeat(count, () => '!.m')}]`,
};

describe.each(Object.entries(LONG))('%s, 5,000 of them', (_, make) => {
  const expression = make(5_000);

  test('are compiled in a server function, with what they capture', () => {
    const source = `function Page(x, y) {\n  return async () => { 'use server'; return ${expression}; };\n}`;
    const {code, diagnostics} = compile(source);
    expect(diagnostics).toEqual([]);
    const [, captured] = /\$\$callInlineFunction\(\((.*?)\) =>/.exec(code)!;
    expect(captured!.replaceAll(': any', '').split(', ').sort()).toEqual(['x', 'y']);
    expect(code).toContain(expression);
  });

  test('are compiled beside server functions, in a module and in CommonJS', () => {
    for (const source of [
      `'use server';\nconst [x, y] = [];\nconst value = ${expression};\nexport async function save() { return value; }`,
      `function Page(x, y) {\n  const value = ${expression};\n  return async () => { 'use server'; return x; };\n}`,
    ]) {
      for (const target of ['server', 'client'] as const) {
        const {diagnostics} = compile(source, {target});
        expect(diagnostics.filter(({code}) => code !== 'server-function-in-client-module')).toEqual(
          [],
        );
      }
    }
    const commonJs = `exports.save = 1; exports.value = ${expression.replaceAll('!', '')};`;
    expect([...moduleRecord(commonJs, '/a.cjs').exports.keys()]).toEqual([
      'save',
      'value',
      'default',
    ]);
  });
});

test('what a long expression has of server functions is compiled', () => {
  const chain = repeat(3_000, (i) => `.add(${i})`);
  const source = `function Page(x) {\n  return x${chain}.then(async () => { 'use server'; return x; })${chain};\n}`;
  expect(ids(source)).toHaveLength(1);
  expect(compile(source).diagnostics).toEqual([]);
});

test('this, arguments and private names are seen in a long expression', () => {
  const chain = repeat(3_000, (i) => `.add(${i})`);
  for (const [expression, code] of [
    [`x${chain}.add(this)${chain}`, 'this'],
    [`this${chain}`, 'this'],
    [`x${chain}.#hidden${chain}`, 'private-name'],
    [`eval('x')${chain}`, 'eval'],
  ]) {
    const source = `class A { #hidden; m(x) { return async () => { 'use server'; return ${expression}; }; } }`;
    expect(compile(source).diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  }
});

test('an id does not depend on the size of the call stack', () => {
  const source = `function Page(x) { return [async () => { 'use server'; return x${repeat(1_500, (i) => `.m(${i})`)}; }]; }`;
  const deeper = (levels: number): string[] => (levels > 0 ? deeper(levels - 1) : ids(source));
  expect(deeper(4_000)).toEqual(ids(source));
});

const DEEP: Record<string, string> = {
  'terms of a sum': repeat(30_000, (i) => (i ? `+'a'` : `'a'`)),
  arrays: '['.repeat(30_000) + ']'.repeat(30_000),
  elements: '<a>'.repeat(30_000) + '</a>'.repeat(30_000),
  conditions: `${repeat(30_000, (i) => `x === ${i} ? ${i} : `)}0`,
  assignments: `${'x = '.repeat(30_000)}0`,
  functions: `${'() => '.repeat(30_000)}0`,
};

test.each(Object.entries(DEEP))(
  '%s beyond what the parser can read are an error with a frame',
  (_, expression) => {
    const source = `// comment\nfunction Page(x) {\n  return async () => { 'use server';\n    return ${expression};\n  };\n}`;
    const [diagnostic, ...others] = compile(source).diagnostics;
    expect(others).toEqual([]);
    expect(diagnostic!.code).toBe('nested-too-deep');
    expect(diagnostic!.loc.start.line).toBe(4);
    expect(diagnostic!.frame).toContain('> 4 |');
  },
);

test('else-if chains beyond what the parser can read are an error with a frame', () => {
  const source = `async function save(x) {\n  'use server';\n${repeat(30_000, (i) => `  if (x === ${i}) y();\n  else `)}z();\n}`;
  const [diagnostic] = compile(source).diagnostics;
  expect(diagnostic!.code).toBe('nested-too-deep');
  expect(diagnostic!.loc.start.line).toBeGreaterThan(100);
});

test('whatever the depth, the result is code or an error with a frame', () => {
  for (const depth of [500, 1_000, 1_500, 2_000, 3_000]) {
    for (const part of ['[', '!', 'x = ', 'x ? 1 : ', '2 ** ', '() => ', 'new ']) {
      const expression = `${part.repeat(depth)}x${part === '[' ? ']'.repeat(depth) : ''}`;
      const source = `function Page(x) { return async () => { 'use server'; return ${expression}; }; }`;
      const result = transform(source, {filename: '/p/a.js', root: '/p', target: 'server'})!;
      for (const {code} of result.diagnostics.filter(({severity}) => severity === 'error')) {
        expect(code).toBe('nested-too-deep');
      }
    }
  }
});
