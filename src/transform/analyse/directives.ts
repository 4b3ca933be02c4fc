import {forEachChild, isFunction, type FunctionNode, type Node} from '../ast.ts';
import type {Diagnostics} from '../diagnostics.ts';
import {directivePositions, meantDirective, type ModuleDirective} from '../directiveText.ts';
import type {ParsedModule} from '../parse.ts';

/** An inline server function: a function whose body starts with `"use server"`. */
export interface InlineFunction {
  node: FunctionNode;
  /** From the program down to the node's parent. */
  ancestors: Node[];
  directive: Node;
}

export interface Directives {
  /** The directive at the top of the module, with its node. */
  module: {kind: ModuleDirective; node: Node} | null;
  /** In the order of the source. */
  inlineFunctions: InlineFunction[];
}

/**
 * Decides which directive governs what. A directive is an expression statement of a string and
 * nothing else, before all other statements (ECMAScript, "Directive Prologues"); what only looks
 * like one is reported.
 */
export function findDirectives(
  {program}: ParsedModule,
  source: string,
  diagnostics: Diagnostics,
): Directives {
  const root = program as unknown as Node;
  checkSpelling(root, diagnostics);
  return {
    module: moduleDirective(root, diagnostics),
    inlineFunctions: inlineFunctions(root, source, diagnostics),
  };
}

function moduleDirective(program: Node, diagnostics: Diagnostics): Directives['module'] {
  const server = directiveOf(program, 'use server');
  const client = directiveOf(program, 'use client');
  if (server && client) {
    diagnostics.error(
      'both-directives',
      server.start > client.start ? server : client,
      'A module is either "use server" or "use client", but this one says both. Move the server functions to a module of their own with "use server" at its top.',
    );
  }
  if (server) return {kind: 'use server', node: server};
  return client ? {kind: 'use client', node: client} : null;
}

function directiveOf(holder: Node, text: ModuleDirective): Node | undefined {
  return (holder['directives'] as Node[]).find(({value}) => value.value === text);
}

/** Whether the directive stands at the top of the function. */
export function isServerFunction(node: Node): boolean {
  return (
    isFunction(node) &&
    node.body.type === 'BlockStatement' &&
    directiveOf(node.body as Node, 'use server') !== undefined
  );
}

/** Walks only into nodes whose text holds the words, so most of a file is never visited. */
function inlineFunctions(
  program: Node,
  source: string,
  diagnostics: Diagnostics,
): InlineFunction[] {
  const positions = directivePositions(source);
  const found: InlineFunction[] = [];
  const ancestors: Node[] = [];

  const visit = (node: Node, key: string) => {
    if (!holdsOneOf(positions, node.start, node.end)) return;
    if (isFunction(node) && node.body.type === 'BlockStatement') {
      const directive = directiveOf(node.body as Node, 'use server');
      if (directive) found.push({node, ancestors: [...ancestors], directive});
    }
    checkMisplaced(node, key, ancestors.at(-1)!, diagnostics);
    ancestors.push(node);
    forEachChild(node, visit);
    ancestors.pop();
  };

  ancestors.push(program);
  forEachChild(program, visit);
  return found;
}

function holdsOneOf(sorted: readonly number[], start: number, end: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && sorted[low]! < end;
}

/** In the place of a directive, what looks like one and is none would be ignored in silence. */
function checkSpelling(holder: Node, diagnostics: Diagnostics): void {
  for (const directive of holder['directives'] as Node[]) {
    const {value: text} = directive['value'] as {value: string};
    const meant = meantDirective(text);
    if (meant === null || meant === text) continue;
    diagnostics.error(
      'misspelt-directive',
      directive,
      `"${text}" is not a directive, so it has no effect. Did you mean "${meant}"? Write '${meant}'.`,
    );
  }
}

/** In a function `"use client"` does nothing here, but it may be a directive of another compiler. */
function checkClientInFunction(body: Node, diagnostics: Diagnostics): void {
  const client = directiveOf(body, 'use client');
  if (!client) return;
  const text =
    '"use client" marks a whole module, so it has no effect in a function, unless another compiler reads it. Move the component to a module of its own with "use client" at its top.';
  if (directiveOf(body, 'use server')) diagnostics.error('misplaced-directive', client, text);
  else diagnostics.warning('misplaced-directive', client, text);
}

/** A statement that is only the words of a directive, but at a place or in a form without effect. */
function checkMisplaced(node: Node, key: string, parent: Node, diagnostics: Diagnostics): void {
  if (isFunction(node) && node.body.type === 'BlockStatement') {
    checkSpelling(node.body as Node, diagnostics);
    checkClientInFunction(node.body as Node, diagnostics);
  }
  if (node.type !== 'ExpressionStatement') return;
  const text = plainText(node['expression']);
  const meant = text === null ? null : meantDirective(text);
  if (text === null || meant === null) return;
  const spelling = text === meant ? '' : ` It is misspelt too: write '${meant}'.`;
  const reason = whyWithoutEffect(node, key, parent, text);
  diagnostics.error('misplaced-directive', node, `${reason}${spelling}`);
}

function whyWithoutEffect(
  {expression}: Node,
  key: string,
  {type: parent}: Node,
  text: string,
): string {
  if (expression.type === 'TemplateLiteral') {
    return `A directive is written in quotes, not as a template: write '${meantDirective(text)}'.`;
  }
  if (expression.extra?.parenthesized) {
    return `In parentheses "${text}" is an expression without effect. Remove the parentheses.`;
  }
  if (parent === 'Program') {
    return `"${text}" has no effect here: a directive stands before every other statement of the module, imports too. Move it to the top of the file.`;
  }
  return parent === 'BlockStatement' && key === 'body'
    ? `"${text}" has no effect here: a directive is the first statement of the function body. Move it up.`
    : `"${text}" has no effect here: it marks a whole module or a function. Move it to the top of the file or of the function body.`;
}

function plainText(expression: Node): string | null {
  if (expression.type === 'StringLiteral') return expression['value'];
  if (expression.type === 'TemplateLiteral' && expression['expressions'].length === 0) {
    return expression['quasis'][0].value.cooked;
  }
  return null;
}
