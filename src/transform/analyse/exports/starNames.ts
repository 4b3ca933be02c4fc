import type {Node} from '../../ast.ts';
import type {Diagnostics} from '../../diagnostics.ts';
import type {TransformOptions} from '../../types.ts';
import {refuseThen} from './exportChecks.ts';
import type {ModuleExports, StarExport} from './exports.ts';

/** What one `export * from` adds to the exports of a module. */
export interface StarNames {
  names: string[];
  node: Node;
}

/**
 * Finds what each `export *` adds. The names that the module exports itself, and `default`, it does not
 * add (https://tc39.es/ecma262/#sec-getexportednames).
 *
 * @param diagnostics takes an error for each whose names are not known; `null` passes over it
 */
export function starNames(
  {named, stars}: ModuleExports,
  options: Pick<TransformOptions, 'starExports'>,
  diagnostics: Diagnostics | null,
): StarNames[] {
  const taken = new Set(['default', ...named.map(({exportName}) => exportName)]);
  return stars.map((star) => {
    const names = namesBehind(star, options, diagnostics).filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return {names, node: star.node};
  });
}

/** Only the host can read other modules, so the names come with the options. */
function namesBehind(
  {specifier, node}: StarExport,
  {starExports}: Pick<TransformOptions, 'starExports'>,
  diagnostics: Diagnostics | null,
): readonly string[] {
  const names = starExports?.get(specifier) ?? {reason: ''};
  if (!('reason' in names)) {
    if (diagnostics && names.includes('then')) refuseThen(node, diagnostics);
    return names;
  }
  const reason = names.reason && ` ${names.reason}`;
  diagnostics?.error(
    'unknown-star-export',
    node,
    `The names that "export * from ${JSON.stringify(specifier)}" exports are unknown.${reason} Write them down: export {name} from ${JSON.stringify(specifier)}.`,
  );
  return [];
}
