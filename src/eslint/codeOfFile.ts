import type {Scope, SourceCode} from 'eslint';
import type {Code} from '../validation/checkedValues.ts';
import {functionOf, type Node} from './syntaxTree.ts';

/**
 * The code of a linted file, for the search for checks.
 *
 * @param validators further names of functions that check
 */
export function codeOfFile(
  sourceCode: SourceCode,
  validators: ReadonlySet<string>,
): Code<Scope.Variable> {
  return {
    validators,
    parentOf: (node) => (node as Node).parent,
    readsOf: ({references}) =>
      references
        .filter((reference) => reference.isRead())
        .map(({identifier}) => identifier as unknown as Node),
    functionOf: (expression) => functionOf(expression as Node, sourceCode),
    variablesIn: (pattern) => variablesIn(pattern as Node, sourceCode),
  };
}

function variablesIn(pattern: Node, sourceCode: SourceCode): Scope.Variable[] {
  const names = new Set(identifiersIn(pattern));
  const scope = sourceCode.getScope(pattern as never);
  const found: Scope.Variable[] = [];
  for (const {set} of [...scopesFrom(scope), ...scope.childScopes]) {
    for (const variable of set.values()) {
      const isOne =
        variable.identifiers.some((node) => names.has(node as unknown as Node)) ||
        variable.references.some(
          (reference) => reference.isWrite() && names.has(reference.identifier as unknown as Node),
        );
      if (isOne) found.push(variable);
    }
  }
  return found;
}

function* scopesFrom(scope: Scope.Scope): Generator<Scope.Scope> {
  for (let next: Scope.Scope | null = scope; next; next = next.upper) yield next;
}

function* identifiersIn(pattern: Node | null): Generator<Node> {
  switch (pattern?.type) {
    case 'Identifier':
      yield pattern;
      break;
    case 'VariableDeclaration':
      yield* identifiersIn(pattern['declarations'][0].id);
      break;
    case 'ObjectPattern':
      for (const property of pattern['properties']) {
        yield* identifiersIn(property.value ?? property.argument);
      }
      break;
    case 'ArrayPattern':
      for (const element of pattern['elements']) yield* identifiersIn(element);
      break;
    case 'AssignmentPattern':
      yield* identifiersIn(pattern['left']);
      break;
    case 'RestElement':
      yield* identifiersIn(pattern['argument']);
  }
}
