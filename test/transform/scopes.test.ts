import type {Node} from '../../src/transform/ast.ts';
import {parseModule} from '../../src/transform/parse.ts';
import {analyzeStatement} from '../../src/transform/analyse/scopes/analyzeStatement.ts';
import {compareScopes} from './properties/support/compareScopes.ts';
import {publishedFiles} from './properties/support/publishedCode.ts';

test('every name in published code means what Babel says it means', () => {
  const total = {files: 0, functions: 0, references: 0};
  const disagreements: object[] = [];
  for (const {name, source} of publishedFiles(300)) {
    const comparison = compareScopes(source, `/published/${name}`);
    if (!comparison) continue;
    total.files++;
    total.functions += comparison.functions;
    total.references += comparison.references;
    for (const one of comparison.disagreements) disagreements.push({file: name, ...one});
  }
  console.info('Compared', total);
  expect(disagreements).toEqual([]);
  expect(total.references).toBeGreaterThan(10_000);
}, 1_800_000);

describe('where Babel is no judge, a name means what the specification says', () => {
  // `a /*1*/` declares, and `a /*=1*/` must mean that declaration.
  const cases: Record<string, string> = {
    'the name of a function expression is hidden by what its body declares': `
      function f() { return function a() { const a /*1*/ = 0; return a /*=1*/; }; }`,
    'a default value does not see what the body declares': `
      function f(a /*1*/, get = () => a /*=1*/) { var a /*2*/ = 2; return a /*=2*/; }`,
    'a pattern of catch binds its names in the clause': `
      function f() { try {} catch ({message /*1*/, x = message /*=1*/}) { return message /*=1*/; } }`,
    'an initialiser of an enum sees the members before it': `
      function f(A) { enum E /*1*/ {A /*2*/, B = A /*=2*/} return E /*=1*/; }`,
    'a var of a namespace stays in it': `
      namespace N { if (true) { var x /*1*/ = 1; } x /*=1*/; }`,
    'a parameter property is a parameter': `
      class C { constructor(private a /*1*/, b = a /*=1*/) { a /*=1*/; } }`,
    'the head of a loop is not seen by what comes after the loop': `
      function f(i /*1*/) { for (let i /*2*/ = 0; i /*=2*/ < 1; i++) i /*=2*/; return i /*=1*/; }`,
    'the discriminant of a switch does not see what its cases declare': `
      function f(x /*1*/) { switch (x /*=1*/) { case 0: let x /*2*/; default: x /*=2*/; } }`,
    'a class is known to its own heritage': `
      function f() { return class A /*1*/ extends mix(() => A /*=1*/) {}; }`,
  };

  test.each(Object.entries(cases))('%s', (_, source) => {
    const meanings = meaningsOf(source);
    expect(meanings.length).toBeGreaterThan(0);
    for (const {found, expected} of meanings) expect(found).toBe(expected);
  });

  function meaningsOf(source: string) {
    const parsed = parseModule(source, '/a.tsx');
    if ('problems' in parsed) throw new Error(parsed.problems[0]!.message);
    const markAt = (node: Node) => /^ \/\*(=?\d)\*\//.exec(source.slice(node.end))?.[1];
    return (parsed.module.program.body as unknown as Node[])
      .flatMap((statement) => analyzeStatement(statement).references)
      .filter(({node}) => markAt(node)?.startsWith('='))
      .map(({node, binding}) => ({
        found: binding && `=${markAt(binding.identifier)}`,
        expected: markAt(node),
      }));
  }
});
