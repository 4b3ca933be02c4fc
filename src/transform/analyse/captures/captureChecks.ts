import type {Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {Binding, NameReference} from '../scopes/scope.ts';
import {whyNotSerializable} from './capturedCode.ts';
import type {WholeModule} from './captures.ts';
import {lostWrite} from './lostWrites.ts';
import {unserializable} from './refusalText.ts';

/** Refuses what can never be sent, as far as the source shows it. */
export function checkSerializable(
  value: Node | null,
  {name, node, path, binding}: NameReference,
  chain: readonly string[],
  {code, reported}: WholeModule,
  diagnostics: Diagnostics,
): void {
  const what = whyNotSerializable(value, binding!, path, code);
  if (what === null || reported.has(binding!.identifier)) return;
  reported.add(binding!.identifier);
  diagnostics.error('unserializable-capture', node, unserializable({name, chain}, chain[0]!, what));
}

/**
 * Refuses a name of two meanings: everything that is rebuilt stands side by side in one scope.
 */
export function checkMeaning(
  reference: NameReference,
  names: Map<string, Binding | null>,
  diagnostics: Diagnostics,
): boolean {
  const {name, binding, node} = reference;
  const known = names.get(name);
  if (known === undefined) {
    names.set(name, binding);
    return true;
  }
  if (known === binding) return true;
  diagnostics.error(
    'ambiguous-capture',
    node,
    `"${name}" means two different variables in this server function and in the local functions that it uses. Rename one of them.`,
  );
  return false;
}

/** Reports a variable that is hidden where the server function stands. */
export function reportAmbiguous(
  {name, node}: NameReference,
  chain: readonly string[],
  diagnostics: Diagnostics,
): void {
  diagnostics.error(
    'ambiguous-capture',
    node,
    `"${name}", used by way of ${chain.join(' → ')}, is hidden by another variable of that name where "${chain[0]}" stands. Rename one of them.`,
  );
}

/**
 * Refuses a function of a block that is used outside of the block: `if (x) { function format() {} } … format()`.
 * In sloppy code this is a second variable, which gets the function when the block runs.
 */
export function checkBlockFunction(
  {name, node, binding}: NameReference,
  chain: readonly string[],
  diagnostics: Diagnostics,
): boolean {
  if (!binding!.isSetByBlock) return true;
  diagnostics.error(
    'unserializable-capture',
    node,
    `"${name}" is a function declared in a block, but used outside of the block, as only sloppy code can do. Which function it is depends on what has run, so it can be neither sent with the server function "${chain[0]}" nor rebuilt for it. Move it to the top level of the module, or assign it to a constant before the block.`,
  );
  return false;
}

/** Refuses a write that always throws, and warns of one that is lost. */
export function checkWrite(
  {name, node, isWrite, binding}: NameReference,
  diagnostics: Diagnostics,
) {
  if (isWrite && (binding!.kind === 'const' || binding!.kind === 'using')) {
    diagnostics.error(
      'constant-assignment',
      node,
      `"${name}" is a constant of the function around this server function, so this assignment always throws. Assign to a variable of the server function instead.`,
    );
  } else if (isWrite) {
    diagnostics.warning('lost-write', node, lostWrite(`"${name}"`));
  }
}
