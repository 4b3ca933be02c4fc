import {forEachChild, isFunction, type Node} from '../../ast.ts';
import {callInPlace} from './calledInPlace.ts';
import {isAssigned, isReference} from './nameUse.ts';
import {analyzeStatement} from './analyzeStatement.ts';

/** Code that gives a variable of the module level another value. */
export interface Assignment {
  name: string;
  node: Node;
  /** Whether it is over when the module has run: it stands in no function that waits to be called. */
  isAtLoad: boolean;
}

/**
 * Whether the text alone leaves it open that a variable is assigned: of most functions it does not have the
 * name in a place where that could be, so that the tree need not be walked.
 */
export function mayBeAssigned(source: string, name: string): boolean {
  // An escape is another way to write a name.
  if (source.includes('\\u')) return true;
  for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + 1)) {
    let next = at + name.length;
    while (/\s/.test(source.charAt(next))) next++;
    // `save()`, `save.id`, `save: 1` and `return save;` assign nothing, unlike `++save;`.
    const isOnlyRead = '(.:;'.includes(source.charAt(next)) && next < source.length;
    if (!isOnlyRead || /[-+/]\s*$/.test(source.slice(Math.max(0, at - 9), at))) return true;
  }
  return false;
}

/** Finds where variables of the module level are assigned: `save = x`, `save++`, `for (save of x)`. */
export function findAssignments(program: Node, names: ReadonlySet<string>): Assignment[] {
  if (names.size === 0) return [];
  return (program['body'] as Node[]).flatMap((statement) => {
    const found = assignmentsIn(statement, program, names);
    if (found.length === 0) return [];
    // A variable of the same name inside of the statement is another one.
    const {references} = analyzeStatement(statement);
    const free = new Set(references.filter(({binding}) => !binding).map(({node}) => node));
    return found.filter(({node}) => free.has(node));
  });
}

function assignmentsIn(statement: Node, program: Node, names: ReadonlySet<string>): Assignment[] {
  const found: Assignment[] = [];
  const ancestors: Node[] = [program];
  const visit = (node: Node, key: string) => {
    const isNamed = node.type === 'Identifier' && names.has(node['name']);
    if (isNamed && isReference(node, ancestors.at(-1)!, key) && isAssigned(node, ancestors)) {
      found.push({name: node['name'], node, isAtLoad: runsAtLoad([...ancestors, node])});
    }
    ancestors.push(node);
    forEachChild(node, visit);
    ancestors.pop();
  };
  visit(statement, 'body');
  return found;
}

/** Whether code runs before the end of its module, or never. `path` leads to it from the program. */
export function runsAtLoad(path: readonly Node[]): boolean {
  return path.every((node, i) => {
    if (isFunction(node)) return runsInPlace(path, i);
    // `class A { field = (save = …); }` waits for an instance.
    const isField = /^Class(?:Private|Accessor)?Property$/.test(node.type) && !node['static'];
    return !isField || path[i + 1] !== node['value'];
  });
}

/** Whether all of a function runs where it stands: `(() => { … })()`, `await (async () => { … })()`. */
function runsInPlace(path: readonly Node[], index: number): boolean {
  const fn = path[index]!;
  const call = callInPlace(path, index);
  if (call < 0 || fn['generator']) return false;
  return !fn['async'] || path[call - 1]?.type === 'AwaitExpression';
}
