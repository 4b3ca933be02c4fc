import {VISITOR_KEYS} from '@babel/types';
import {CHILD_KEYS} from '../../src/transform/childKeys.ts';

/** What vanishes before the program runs, so that the walk passes it over. */
const TYPES = new Set([
  'implements',
  'mixins',
  'predicate',
  'returnType',
  'superTypeArguments',
  'superTypeParameters',
  'typeAnnotation',
  'typeArguments',
  'typeParameters',
]);

/** Keys that the walk passes over for a reason of its own, by type. */
const PASSED_OVER: Readonly<Record<string, readonly string[]>> = {
  // They name something and are no expressions.
  BreakStatement: ['label'],
  ContinueStatement: ['label'],
  LabeledStatement: ['label'],
  MetaProperty: ['meta', 'property'],
  PrivateName: ['id'],
  // Imports and re-exports are read for themselves.
  ExportNamedDeclaration: ['source', 'attributes', 'assertions'],
  ImportDeclaration: ['specifiers', 'source', 'attributes', 'assertions'],
  // Directives are looked at where they stand.
  BlockStatement: ['directives'],
  Program: ['directives'],
  // The texts of a template; the closing tag says again what the opening one says.
  TemplateLiteral: ['quasis'],
  JSXElement: ['closingElement'],
  JSXFragment: ['openingFragment', 'closingFragment'],
  // Patterns of JavaScript have no decorators; parameters have them only with TypeScript's own compiler.
  ArrayPattern: ['decorators'],
  AssignmentPattern: ['decorators'],
  Identifier: ['decorators'],
  ObjectPattern: ['decorators'],
  RestElement: ['decorators'],
};

test.each(Object.entries(CHILD_KEYS))(
  '%s is walked by the keys that Babel visits',
  (type, keys) => {
    const babel = VISITOR_KEYS[type];
    expect(babel).toBeDefined();
    const passedOver = new Set(PASSED_OVER[type]);
    const expected = babel!.filter((key) => !TYPES.has(key) && !passedOver.has(key));
    expect([...keys].sort()).toEqual([...expected].sort());
  },
);
