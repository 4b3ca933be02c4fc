import type {InlineFunctions} from '../analyse/inline/inlinePlans.ts';
import {exportFunction} from './exportedCopies.ts';
import type {KnownFunctions} from './factories.ts';
import type {ModuleOutput} from './moduleOutput.ts';
import {registerInPlace} from './referencesInPlace.ts';

/**
 * Makes inline server functions callable from outside.
 *
 * Each stays where it is and becomes a reference there, so that a call in the same process is the
 * call that its author wrote: it sees later writes, and its own writes are seen. For calls from
 * another process a copy stands in an exported function, inside a factory that takes the captures.
 * `$$bound` evaluates the captures when React serialises the reference, not before.
 *
 * Before: `function Page({note}) { async function save(data) { 'use server'; db.put(note.id, data); } … }`
 * After:
 * ```
 * function Page({note}) {
 *   registerInlineFunction(save, 'src/Page.jsx', '$$Page$save', void 0, () => pickMembers([note], [[['id']]]));
 *   async function save(data) { db.put(note.id, data); } …
 * }
 * export function $$Page$save() {
 *   return callInlineFunction((note) => { return async function save(data) { db.put(note.id, data); } },
 *     arguments, 'src/Page.jsx#$$Page$save');
 * }
 * ```
 */
export function compileInlineFunctions(
  output: ModuleOutput,
  {plans, constants}: InlineFunctions,
): void {
  const known: KnownFunctions = {plans: new Map(plans.map((plan) => [plan.node, plan])), constants};
  for (const plan of plans) registerInPlace(output, plan);
  // All changes are known now, so that copies hold those of the functions inside them.
  for (const plan of plans) exportFunction(output, plan, known);
}
