import {forEachChild, staticKey, unwrapExpression, type Node} from '../../ast.ts';
import {hashText} from '../../hash.ts';

/**
 * Hashes what a function says, and not how it is written: comments, types, and whatever a formatter may
 * change do not count, so that ids stay as they are.
 *
 * @returns six hexadecimal digits
 */
export function fingerprint(node: Node): string {
  const words: string[] = [];
  // What comes next stands last. A list, since an expression may be deeper than the call stack.
  const waiting: Part[] = [{key: '', node}];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') words.push(next);
    else for (const part of partsOf(next).reverse()) waiting.push(part);
  }
  return hashText(JSON.stringify(words)).slice(0, 6);
}

/** A word, or a node with its key in the one around it, which is to be put into words. */
type Part = string | KeyedNode;
type KeyedNode = {key: string; node: Node};

function partsOf({key, node: written}: KeyedNode): Part[] {
  const node = unwrapExpression(written['original'] ?? written);
  return [key, node.type, ...wordsOf(node), ...childrenOf(node), ')'];
}

/** Properties of nodes that say something beside their children. */
const MEANINGFUL = [
  'name',
  'operator',
  'kind',
  'async',
  'generator',
  'static',
  'computed',
  'prefix',
  'delegate',
  'await',
];

function wordsOf(node: Node): string[] {
  const words = MEANINGFUL.flatMap((property) => {
    const value = node[property] as unknown;
    return typeof value === 'string' || typeof value === 'boolean' ? [`=${value}`] : [];
  });
  switch (node.type) {
    case 'BigIntLiteral':
      words.push(String(BigInt(node['value'])));
      break;
    case 'BooleanLiteral':
    case 'NumericLiteral':
    case 'StringLiteral':
      words.push(String(node['value']));
      break;
    case 'OptionalCallExpression':
    case 'OptionalMemberExpression':
      words.push(`=${node['optional']}`);
      break;
    case 'PrivateName':
      words.push(node['id'].name);
      break;
    case 'RegExpLiteral':
      words.push(node['pattern'], (node['flags'] as string).split('').sort().join(''));
      break;
    case 'TemplateLiteral':
      // Formatters lay out the CSS, GraphQL and HTML in them.
      for (const {value} of node['quasis']) words.push(value.raw.replace(/[\s;,"']+/g, ''));
  }
  return words;
}

function childrenOf(node: Node): Part[] {
  if (node.type === 'LogicalExpression') return operandsOf(node);
  const children: KeyedNode[] = [];
  forEachChild(node, (child, key) => {
    if (!MEANINGLESS.has(child.type)) children.push({key, node: child});
  });
  if (node.type === 'JSXElement' || node.type === 'JSXFragment') return joinTexts(children);
  return children.map((child) => plainValue(node, child));
}

const MEANINGLESS = new Set(['EmptyStatement', 'JSXClosingElement', 'JSXClosingFragment']);

/** `a && (b && c)` is `a && b && c`. */
function operandsOf({operator, left, right}: Node): Part[] {
  return [left, right].flatMap((written: Node) => {
    const operand = unwrapExpression(written['original'] ?? written);
    const isSame = operand.type === 'LogicalExpression' && operand['operator'] === operator;
    return isSame ? operandsOf(operand) : [{key: 'operand', node: operand}];
  });
}

/** `{'a': 1}` is `{a: 1}`, and `<a b={'c'} />` is `<a b="c" />`. */
function plainValue(parent: Node, child: KeyedNode): Part {
  const {key, node} = child;
  const name = key === 'key' && !parent['computed'] ? staticKey(parent) : null;
  if (name !== null) return `key ${name}`;
  const isString =
    node.type === 'JSXExpressionContainer' && node['expression'].type === 'StringLiteral';
  return {key, node: isString ? node['expression'] : node};
}

/** Texts beside each other are one text, of which white space and comments do not count. */
function joinTexts(children: readonly KeyedNode[]): Part[] {
  const parts: Part[] = [];
  let text = '';
  const endText = () => {
    const words = collapse(text);
    if (words !== '') parts.push(`text ${words}`);
    text = '';
  };
  for (const child of children) {
    const more = textOf(child.node);
    if (more !== null) {
      text += more;
    } else {
      endText();
      parts.push(child);
    }
  }
  endText();
  return parts;
}

/** The text that a child of an element is: `text`, `{' '}`, or nothing for a comment. */
function textOf(node: Node): string | null {
  if (node.type === 'JSXText') return node['value'];
  if (node.type !== 'JSXExpressionContainer') return null;
  const {expression} = node;
  if (expression.type === 'JSXEmptyExpression') return '';
  return expression.type === 'StringLiteral' ? expression.value : null;
}

function collapse(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
