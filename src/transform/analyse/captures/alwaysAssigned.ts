import {unwrapExpression, type Node} from '../../ast.ts';
import type {ModuleCode} from '../values/moduleCode.ts';

/**
 * Tells whether a variable that is declared without a value gets one whichever way the program goes.
 *
 * Before: `let format; if (long) format = (d) => …; else format = (d) => …;`
 * After: `true`; without the `else`: `false`
 *
 * @param declarator what declares the variable
 */
export function isAlwaysAssigned(declarator: Node, code: ModuleCode): boolean {
  if (declarator['init'] || declarator['id']?.type !== 'Identifier') return false;
  const declaration = code.parentOf(declarator);
  const around = declaration && code.parentOf(declaration);
  const statements: unknown = around?.['body'] ?? around?.['consequent'];
  const name: string = declarator['id'].name;
  return Array.isArray(statements) && someAssigns(statements, name);
}

function someAssigns(statements: readonly Node[], name: string): boolean {
  return statements.some((statement) => assigns(statement, name));
}

function assigns(node: Node | null, name: string): boolean {
  switch (node?.type) {
    case 'ExpressionStatement':
      return isAssignment(node['expression'], name);
    case 'BlockStatement':
      return someAssigns(node['body'], name);
    case 'LabeledStatement':
      return assigns(node['body'], name);
    case 'IfStatement':
      return assigns(node['consequent'], name) && assigns(node['alternate'], name);
    case 'TryStatement':
      return assigns(node['finalizer'], name) || assigns(node['block'], name);
    case 'SwitchStatement': {
      const cases: Node[] = node['cases'];
      const filled = cases.filter(({consequent}) => consequent.length > 0);
      const hasDefault = cases.some(({test}) => !test);
      return hasDefault && filled.every(({consequent}) => someAssigns(consequent, name));
    }
    default:
      return false;
  }
}

function isAssignment(expression: Node, name: string): boolean {
  const inner = unwrapExpression(expression);
  if (inner.type === 'SequenceExpression') {
    return (inner['expressions'] as Node[]).some((part) => isAssignment(part, name));
  }
  return inner.type === 'AssignmentExpression' && inner['left'].name === name;
}
