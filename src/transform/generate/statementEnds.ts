import type {Node} from '../ast.ts';
import type {EditedSource} from './editedSource.ts';

/** Statements and class members whose last token may be that of an expression, without a semicolon. */
const MAY_END_WITH_EXPRESSION = new Set([
  'ClassAccessorProperty',
  'ClassPrivateProperty',
  'ClassProperty',
  'ExportDefaultDeclaration',
  'ExpressionStatement',
  'ReturnStatement',
  'TSExportAssignment',
  'ThrowStatement',
  'VariableDeclaration',
]);

/**
 * Ends the statement whose last token is the end of `expression`, if it has no semicolon. An arrow
 * function cannot be called or continued by the next line, which therefore is a statement of its own; the
 * call that the compiler writes around it can.
 *
 * Before: `save = async () => { … }⏎[1].forEach(f)`
 * After: `save = register(async () => { … });⏎[1].forEach(f)`
 *
 * @param ancestors from the program down to the parent of `expression`
 */
export function endStatementOf(edits: EditedSource, {end}: Node, ancestors: readonly Node[]): void {
  const index = ancestors.findLastIndex((ancestor) => MAY_END_WITH_EXPRESSION.has(ancestor.type));
  const statement = ancestors[index];
  // With a semicolon, or with something else behind the expression, it ends later.
  if (!statement || statement.end !== end) return;
  if (isHeadOfLoop(statement, ancestors[index - 1])) return;
  edits.endStatement(end);
}

/** `for (const save = async () => { … };;) …`: the semicolon behind it is the loop's. */
function isHeadOfLoop(statement: Node, parent: Node | undefined): boolean {
  return parent !== undefined && (parent['init'] === statement || parent['left'] === statement);
}
