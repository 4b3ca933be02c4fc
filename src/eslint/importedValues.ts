import type {Scope, SourceCode} from 'eslint';
import {variableOf, type Node} from './syntaxTree.ts';
import {propertyName, unwrap} from '../validation/syntax.ts';

/** What an expression stands for in another module. */
export interface ImportedValue {
  /** The specifier as written. */
  source: string;
  /** The export; `'*'` for the whole namespace. */
  name: string;
}

/**
 * Finds what an expression has been imported as: `save` and `notes.save` after an `import`, or after
 * `const {save} = require('./notes')`.
 */
export function importedValue(expression: Node, sourceCode: SourceCode): ImportedValue | null {
  const inner = unwrap(expression);
  if (inner.type === 'Identifier') {
    const variable = variableOf(inner, sourceCode);
    return variable && valueOfVariable(variable);
  }
  if (inner.type !== 'MemberExpression') return null;
  const namespace = importedValue(inner['object'], sourceCode);
  const name = propertyName(inner);
  return namespace?.name === '*' && name !== null ? {...namespace, name} : null;
}

function valueOfVariable({defs}: Scope.Variable): ImportedValue | null {
  const [definition, other] = defs;
  if (!definition || other) return null;
  const node = definition.node as unknown as Node;
  if (definition.type === 'ImportBinding') {
    return {source: (definition.parent as unknown as Node)['source'].value, name: nameIn(node)};
  }
  const source = definition.type === 'Variable' && requiredBy(node);
  if (!source) return null;
  if (node['id'].type === 'Identifier') return {source, name: '*'};
  const property = (node['id'].properties as Node[] | undefined)?.find(
    ({value}) => value === definition.name,
  );
  const name = property && propertyName(property);
  return name == null ? null : {source, name};
}

function nameIn({type, imported}: Node): string {
  if (type === 'ImportNamespaceSpecifier') return '*';
  return type === 'ImportDefaultSpecifier' ? 'default' : (imported.name ?? imported.value);
}

function requiredBy({init}: Node): string | null {
  const isRequire =
    init?.type === 'CallExpression' &&
    init.callee.type === 'Identifier' &&
    init.callee.name === 'require' &&
    init.arguments[0]?.type === 'Literal';
  return isRequire ? String(init.arguments[0].value) : null;
}
