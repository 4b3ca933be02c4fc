import {
  boundIdentifiers,
  forEachChild,
  isFunction,
  isKeepNamesCall,
  isTypeWrapper,
  type Node,
} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {InlineFunction} from '../directives.ts';
import type {ModuleExports} from '../exports/exports.ts';
import {isReference} from '../scopes/nameUse.ts';
import {initialValue} from '../scopes/bindingValues.ts';
import type {ParsedModule} from '../../parse.ts';

/** Where a value of the module level goes from the place where it stands. */
interface Way {
  /** What gets it on the way, as an argument or as `this`: the outermost call, `new` or tag. */
  call: Node | null;
  /** The variables that hold it, or what it became. */
  variables: string[];
  isExported: boolean;
}

/**
 * Refuses `"use server"` in a function that is an argument of a call whose result a `"use server"` module
 * exports. The result is the server function that was meant; by its directive the inner function would be
 * one as well, without what the call adds: callers could leave a guard out.
 *
 * Before: `export const remove = requireAdmin(async (id) => { 'use server'; … });`
 * Instead: `export const remove = requireAdmin(async (id) => { … });`
 *
 * The same holds where the call stands in a function that makes the server function: in a factory, in one that
 * is called at once, in what a guard with two steps is given. What a server function itself hands out when it
 * is called is its own affair.
 *
 * Elsewhere only the directive makes a reference, so that it may be meant: a call may add nothing, or give
 * the function itself back. There it is a warning. A function inside of another one is not looked at: what a
 * component hands out is its own affair.
 *
 * @param exports of a `"use server"` module; `null` for any other
 */
export function checkGuardedFunctions(
  {program, isModule}: ParsedModule,
  functions: readonly InlineFunction[],
  exports: ModuleExports | null,
  diagnostics: Diagnostics,
): void {
  if (functions.length === 0) return;
  const flow =
    exports &&
    new Flow(
      program as unknown as Node,
      exports,
      isModule,
      functions.map(({node}) => node),
    );
  for (const {node, ancestors, directive} of functions) {
    const refused = flow?.callBeforeExport(node, ancestors);
    if (refused) {
      diagnostics.error('guarded-function', directive, refusal(refused));
      continue;
    }
    if (diagnostics.hasErrors || ancestors.some(isFunction)) continue;
    const {call, variables, isExported} = wayOf(node, ancestors, !isModule);
    // Where nothing takes the result, as of `list.push()`, it stands in for no function.
    const isTaken = variables.length > 0 || isExported;
    if (call && isTaken) diagnostics.warning('guarded-function', directive, doubt(call));
  }
}

function refusal(call: Node): string {
  return `This "use server" makes the function callable by itself, without what ${nameOfCall(call)} adds, so callers could leave that out. The result of the call is exported from a "use server" module, which makes it the server function. Remove the inner directive.`;
}

function doubt(call: Node): string {
  return `This "use server" makes the function callable by itself, without what ${nameOfCall(call)} adds. If that is a check, do it inside the function; or export the result of the call from a module with "use server" at its top, and remove this directive. If it is none, put the function into a variable of its own and pass that.`;
}

function nameOfCall(call: Node): string {
  const callee: Node = call['callee'] ?? call['tag'];
  const name = callee['name'] ?? callee['property']?.name ?? null;
  return typeof name === 'string' ? `"${name}"` : 'the call around it';
}

/** Follows values through expressions, variables and what functions return. */
class Flow {
  readonly #exported: ReadonlySet<string>;
  readonly #isModule: boolean;
  /** Functions that run when they are called from outside, and not before. */
  readonly #serverFunctions: Set<Node>;
  /** Where each variable is used: the identifier and what is around it. */
  readonly #uses = new Map<string, [node: Node, ancestors: Node[]][]>();

  constructor(
    program: Node,
    {named}: ModuleExports,
    isModule: boolean,
    withDirective: readonly Node[],
  ) {
    this.#exported = new Set(
      named.flatMap((item) => (item.kind === 'local' ? [item.localName] : [])),
    );
    this.#isModule = isModule;
    this.#serverFunctions = new Set(withDirective);
    const ancestors: Node[] = [];
    const visit = (node: Node, key: string) => {
      if (node.type === 'Identifier' && isReference(node, ancestors.at(-1)!, key)) {
        const uses = this.#uses.get(node['name']) ?? [];
        uses.push([node, [...ancestors]]);
        this.#uses.set(node['name'], uses);
      }
      if (isFunction(node) && this.#isExported(node, ancestors)) {
        this.#serverFunctions.add(node);
      }
      ancestors.push(node);
      forEachChild(node, visit);
      ancestors.pop();
    };
    visit(program, '');
  }

  /** The call that a function goes through before it is exported; `null` when there is none. */
  callBeforeExport(node: Node, ancestors: readonly Node[]): Node | null {
    const way: Way =
      node.type === 'FunctionDeclaration' && node['id']
        ? {call: null, variables: [node['id'].name], isExported: false}
        : this.#wayOf(node, ancestors);
    return this.#callOf(way, null, new Set());
  }

  #wayOf(node: Node, ancestors: readonly Node[]): Way {
    return wayOf(node, ancestors, !this.#isModule, this.#serverFunctions);
  }

  /** Whether a function is an export as it stands: what a call makes of one is not. */
  #isExported(node: Node, ancestors: readonly Node[]): boolean {
    const parent = ancestors.findLast((outer) => !isTypeWrapper(outer) && !isKeepNamesCall(outer));
    if (parent?.type === 'ExportDefaultDeclaration') return true;
    const isValue = parent?.type === 'VariableDeclarator' && initialValue(parent) === node;
    const name: unknown = node['id']?.name ?? (isValue && parent['id'].name);
    return typeof name === 'string' && this.#exported.has(name);
  }

  #callOf(way: Way, before: Node | null, seen: Set<string>): Node | null {
    const call = way.call ?? before;
    if (call && (way.isExported || way.variables.some((name) => this.#exported.has(name)))) {
      return call;
    }
    for (const name of way.variables) {
      const key = `${name} ${call !== null}`;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const [node, ancestors] of this.#uses.get(name) ?? []) {
        const found = this.#callOf(this.#wayOf(node, ancestors), call, seen);
        if (found) return found;
      }
    }
    return null;
  }
}

/**
 * Climbs from a value to what gets it, by the expressions of which it is a part or an argument. What a
 * function returns goes where the function goes, since calling it gives it there.
 *
 * @param ends functions whose results are not followed
 */
function wayOf(
  node: Node,
  ancestors: readonly Node[],
  isCommonJs: boolean,
  ends: ReadonlySet<Node> = new Set(),
): Way {
  const way: Way = {call: null, variables: [], isExported: false};
  let child = node;
  for (let i = ancestors.length - 1; i >= 0; i--) {
    if (ancestors[i]!.type === 'ReturnStatement') {
      i = ancestors.findLastIndex((outer, index) => index < i && isFunction(outer));
      child = ancestors[i + 1]!;
    }
    const parent = ancestors[i]!;
    if (isFunction(parent)) {
      const isResult = ancestors[i + 1] === parent['body'] || child === parent['body'];
      if (!isResult || ends.has(parent)) return way;
      if (parent.type === 'FunctionDeclaration' && parent['id']) {
        way.variables.push(parent['id'].name);
        return way;
      }
      child = parent;
      continue;
    }
    // The value of a statement in a block goes nowhere, and an element is no function.
    if (parent.type === 'BlockStatement' || parent.type === 'JSXExpressionContainer') return way;
    if (isPassed(child, parent)) way.call = parent;
    if (isCommonJs && isExportCall(parent)) way.isExported = true;
    if (parent.type === 'VariableDeclarator') {
      // The variable itself is no use of it.
      if (parent['init'] !== child) return way;
      way.variables.push(...boundIdentifiers(parent['id']).map(({name}) => name as string));
      return way;
    }
    if (parent.type === 'AssignmentExpression') {
      if (parent['left'] === child) return way;
      const root = rootOf(parent['left']);
      if (root && isCommonJs && /^(?:exports|module)$/.test(root['name'])) way.isExported = true;
      else if (root) way.variables.push(root['name']);
      else way.variables.push(...boundIdentifiers(parent['left']).map(({name}) => name as string));
    }
    if (parent.type === 'ClassDeclaration' && parent['id']) way.variables.push(parent['id'].name);
    if (parent.type === 'ExportDefaultDeclaration') way.isExported = true;
    // What a condition or a comparison gives is no function.
    if (/^Export\w*Specifier$|^(?:If|For|While|Switch|Unary|Binary)/.test(parent.type)) return way;
    child = parent;
  }
  return way;
}

/** Whether a call gets the value, and so may call it or give something else in its place. */
function isPassed(child: Node, parent: Node): boolean {
  switch (parent.type) {
    case 'CallExpression':
    case 'OptionalCallExpression':
      if (parent['callee'] === child) return isReceiver(child);
      return !isKeepNamesCall(parent) && !isExportCall(parent);
    case 'NewExpression':
      return parent['callee'] !== child;
    case 'TaggedTemplateExpression':
      return parent['tag'] !== child;
    default:
      return false;
  }
}

/** `[save, remove].map(guard)` gets both as its `this`; `save.bind(null, id)` adds nothing to `save`. */
function isReceiver({type, computed, property}: Node): boolean {
  const isMember = type === 'MemberExpression' || type === 'OptionalMemberExpression';
  return isMember && (computed === true || !/^(?:bind|call|apply)$/.test(property.name));
}

/** `Object.defineProperty(exports, 'save', {value: save})` */
function isExportCall({type, callee, arguments: given}: Node): boolean {
  return (
    type === 'CallExpression' &&
    callee.property?.name === 'defineProperty' &&
    /^(?:exports|module)$/.test(rootOf(given[0])?.['name'])
  );
}

/** The variable at the start of `api.remove`. */
function rootOf(target: Node | undefined): Node | null {
  let node = target;
  while (node?.type === 'MemberExpression') node = node['object'] as Node;
  return node?.type === 'Identifier' ? node : null;
}
