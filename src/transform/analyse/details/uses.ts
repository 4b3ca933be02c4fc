import {isTypeWrapper, type Node} from '../../ast.ts';
import type {FunctionUse} from '../../types.ts';
import type {NameReference} from '../scopes/scope.ts';
import {memberKey} from '../values/namedCalls.ts';
import type {ModuleCode} from '../values/moduleCode.ts';

/** Hooks that take the function that a form is to call. */
const FORM_HOOKS = /^use(?:Action|Form)State$/;

/**
 * Finds what is done with a variable that holds a server function, and with those that it is put into:
 * `const action = save.bind(null, id); <form action={action}>` is a form.
 *
 * @param identifier introduces the variable
 */
export function usesOfVariable(
  identifier: Node,
  code: ModuleCode,
  seen: Set<Node> = new Set(),
): FunctionUse[] {
  if (seen.has(identifier)) return [];
  seen.add(identifier);
  return unique(readsOf(identifier, code).flatMap(({node}) => usesOfNode(node, code, seen)));
}

function readsOf(identifier: Node, code: ModuleCode): NameReference[] {
  const name: string = identifier['name'];
  const local = code.referencesAround(identifier, (binding) => binding.identifier === identifier);
  const isOfModule = local.length === 0 && code.moduleName(name) !== undefined;
  const references = isOfModule ? code.referencesToModuleName(name) : local;
  // Where it is declared, its name stands too.
  return references.filter(({node, isWrite}) => !isWrite && node !== identifier);
}

/** Finds what is done with the value of an expression. */
export function usesOfNode(
  node: Node,
  code: ModuleCode,
  seen: Set<Node> = new Set(),
): FunctionUse[] {
  const {line} = node.loc.start;
  let child = node;
  for (let parent = code.parentOf(child); parent; parent = code.parentOf(child)) {
    switch (parent.type) {
      case 'CallExpression':
      case 'OptionalCallExpression':
        if (parent['callee'] === child) return [{kind: 'called', line}];
        return [{kind: FORM_HOOKS.test(calleeName(parent)) ? 'form' : 'passed', line}];
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const call = code.parentOf(parent);
        const isBind = memberKey(parent) === 'bind' && call?.['callee'] === parent;
        if (!isBind) return [{kind: 'passed', line}];
        child = call;
        continue;
      }
      case 'JSXAttribute':
        return [{kind: isFormAttribute(parent, code) ? 'form' : 'prop', line}];
      case 'VariableDeclarator':
        return parent['id'].type === 'Identifier' && parent['init'] === child
          ? usesOfVariable(parent['id'], code, seen)
          : [{kind: 'passed', line}];
      case 'ExportSpecifier':
      case 'ExportDefaultDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExpressionStatement':
        return [];
      case 'ConditionalExpression':
      case 'LogicalExpression':
      case 'JSXExpressionContainer':
        break;
      default:
        if (!isTypeWrapper(parent)) return [{kind: 'passed', line}];
    }
    child = parent;
  }
  return [];
}

function calleeName({callee}: Node): string {
  return callee['name'] ?? callee['property']?.name ?? '';
}

/** `<form action={…}>` and `<button formAction={…}>`, not `<NoteForm action={…}>`, which is any prop. */
function isFormAttribute(attribute: Node, code: ModuleCode): boolean {
  const element: unknown = code.parentOf(attribute)?.['name']?.name;
  return (
    /^(?:action|formAction)$/.test(attribute['name'].name) &&
    typeof element === 'string' &&
    /^[a-z]/.test(element)
  );
}

function unique(uses: readonly FunctionUse[]): FunctionUse[] {
  return [...new Map(uses.map((use) => [`${use.kind} ${use.line}`, use])).values()];
}
