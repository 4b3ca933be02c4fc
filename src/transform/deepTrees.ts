import {forEachChild, type Node} from './ast.ts';

/** Whether the call stack was too small, in whichever realm. */
export function isStackOverflow(error: unknown): boolean {
  const {name, message} = error as Partial<Error>;
  return (
    (name === 'RangeError' && /call stack/i.test(message ?? '')) ||
    // Firefox
    (name === 'InternalError' && /recursion/i.test(message ?? ''))
  );
}

/** Where an expression goes on to its left, in the order in which the parts stand in the source. */
const LEFT: Readonly<Record<string, string>> = {
  BinaryExpression: 'left',
  CallExpression: 'callee',
  LogicalExpression: 'left',
  MemberExpression: 'object',
  OptionalCallExpression: 'callee',
  OptionalMemberExpression: 'object',
  TSAsExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSSatisfiesExpression: 'expression',
  TaggedTemplateExpression: 'tag',
};

/** As many parts of a long expression stay as they are, which is enough to see what each name is used for. */
const KEPT = 100;

/**
 * Puts the parts of long expressions beside each other, so that walks that call themselves get through:
 * `a + b + … + z` and `a.b().c()…` are trees as deep as they are long. The parser reads them in a loop.
 *
 * Before: `{BinaryExpression, left: {BinaryExpression, left: …, right: y}, right: z}`
 * After: `{LongExpression, first: {BinaryExpression, left: a, right: b}, parts: […, y, z]}`
 */
export function flattenLongExpressions(program: Node): void {
  const waiting = [program];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const key of Object.keys(node)) {
      if (key === 'loc' || key === 'extra' || key === 'original') continue;
      node[key] = flattenValue(node[key], waiting);
    }
  }
}

function flattenValue(value: unknown, waiting: Node[]): unknown {
  if (Array.isArray(value)) return value.map((item) => flattenValue(item, waiting));
  if (value === null || typeof (value as Node | undefined)?.type !== 'string') return value;
  const node = flattened(value as Node);
  waiting.push(node);
  return node;
}

function flattened(node: Node): Node {
  const chain: Node[] = [];
  for (let part = node; LEFT[part.type]; part = part[LEFT[part.type]!]) chain.push(part);
  if (chain.length <= KEPT) return node;
  const long = chain.slice(0, -KEPT);
  return {
    type: 'LongExpression',
    start: node.start,
    end: node.end,
    loc: node.loc,
    extra: node['extra'],
    original: node,
    first: chain[long.length],
    parts: long.reverse().flatMap(partsOf),
  };
}

/** What runs of a part of the chain, besides what stands to its left. */
function partsOf(node: Node): Node[] {
  const parts: Node[] = [];
  forEachChild(node, (child, key) => {
    const isName = key === 'property' && !node['computed'] && child.type === 'Identifier';
    if (key !== LEFT[node.type] && !isName) parts.push(child);
  });
  return parts;
}

/** Finds the node that stands in the most others. */
export function deepestNode(program: Node): Node {
  let deepest = {node: program, depth: 0};
  const waiting = [deepest];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const {node, depth} = next;
    if (depth > deepest.depth) deepest = next;
    forEachChild(node, (child) => waiting.push({node: child, depth: depth + 1}));
  }
  return deepest.node;
}
