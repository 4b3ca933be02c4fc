import {formatId} from '../../references/ids.ts';
import type {Node} from '../ast.ts';
import {locationOf, type Diagnostics} from '../diagnostics.ts';
import type {ParsedModule} from '../parse.ts';
import type {Reference, TransformOptions} from '../types.ts';
import type {ModuleExports} from './exports/exports.ts';
import {findHandOuts} from './exports/handOuts.ts';
import type {InlinePlan} from './inline/inlinePlans.ts';
import {starNames, type StarNames} from './exports/starNames.ts';

/** What the ids of a module's references are made of. */
export interface NamedModule {
  /** The module's path in ids: `src/actions.js`. */
  path: string;
  options: TransformOptions;
}

/** Lists what a `"use server"` module exports, for the manifest. */
export function exportReferences(
  exports: ModuleExports,
  stars: readonly StarNames[],
  module: NamedModule & {source: string; parsed: ParsedModule},
): Reference[] {
  const {atLoad, byExport} = findHandOuts(module.source, module.parsed, exports);
  return namesOf(exports, stars).map(([exportName, node]) => {
    // So that a bundler which leaves out what nothing uses knows what is used inside the module.
    const handsOut = byExport.get(exportName);
    const reference = createReference(exportName, node, module);
    if (handsOut && handsOut.size > 0) reference.handsOut = [...handsOut].sort();
    if (atLoad.has(exportName)) reference.isHandedOut = true;
    return reference;
  });
}

/** Lists the inline server functions of a module, for the manifest. */
export function inlineReferences(plans: readonly InlinePlan[], module: NamedModule): Reference[] {
  return plans.map(({exportName, node}) => ({
    ...createReference(exportName, node, module),
    isInline: true,
  }));
}

/** Lists the references that stand for a `"use server"` module where it does not run. */
export function serverStubReferences(
  exports: ModuleExports,
  module: NamedModule,
  diagnostics: Diagnostics,
): Reference[] {
  const names = namesOf(exports, starNames(exports, module.options, diagnostics));
  return names.map(([exportName, node]) => createReference(exportName, node, module));
}

/**
 * Lists the references that a `"use client"` module gives, whichever graph it is compiled for.
 *
 * @param diagnostics takes errors about `export *`; `null` leaves out the names that are not known
 */
export function clientStubReferences(
  exports: ModuleExports,
  {path, options}: NamedModule,
  diagnostics: Diagnostics | null,
): Reference[] {
  const names = namesOf(exports, starNames(exports, options, diagnostics));
  // Client references are never hashed, and have no prefix: React's own plugin and its manifest know them
  // by their path, and no request has it.
  const readable: NamedModule = {path, options: {...options, ids: 'path', idPrefix: undefined}};
  return names.map(([exportName, node]) => createReference(exportName, node, readable));
}

/** The exported names, each once, with where it stands. */
function namesOf({named}: ModuleExports, stars: readonly StarNames[]): [string, Node][] {
  const found = new Map<string, Node>();
  for (const {exportName, node} of named) {
    if (!found.has(exportName)) found.set(exportName, node);
  }
  for (const {names, node} of stars) {
    for (const name of names) if (!found.has(name)) found.set(name, node);
  }
  return [...found];
}

function createReference(exportName: string, node: Node, {path, options}: NamedModule): Reference {
  return {id: formatId({path, exportName}, options), exportName, loc: locationOf(node)};
}
