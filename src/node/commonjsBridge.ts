import {dirname, sep} from 'node:path';
import {runTransform} from './runTransform.ts';
import type {Settings} from './settings.ts';
import {readExportedNames} from './starExports.ts';

/**
 * An ES module that stands for a CommonJS one: it runs the other by `require` and exports what
 * Node would give to an `import` of it, and the server functions found in it.
 *
 * Before: `'use server'; export async function save() {}` in a `.cts` file
 * After: `const exports = createRequire(…)('/app/actions.cts'); export default exports;
 * export const save = exports.save;`
 *
 * @param original the module as its author wrote it
 * @param filename absolute path of the module
 * @throws {UseServerCompileError} with all errors of the module, before anything of it runs
 */
export function bridgeToCommonJS(original: string, filename: string, settings: Settings): string {
  const names = [...namesOf(original, filename, settings)].sort();
  // From a folder: to a TypeScript parent tsx would give `a.tsx` for `a.jsx` if there are both.
  const parent = `${dirname(filename)}${sep}`;
  return [
    'import {createRequire} from "node:module";',
    `const exports = createRequire(${JSON.stringify(parent)})(${JSON.stringify(filename)});`,
    'export {exports as default, exports as "module.exports"};',
    ...names.map(exportStatement),
  ].join('\n');
}

function exportStatement(name: string, index: number): string {
  const text = JSON.stringify(name);
  return `const $${index} = exports?.[${text}]; export {$${index} as ${text}};`;
}

function namesOf(original: string, filename: string, settings: Settings): Set<string> {
  const {parserPlugins} = settings;
  const names = new Set(readExportedNames(original, filename, {parserPlugins}));
  const result = runTransform(original, {filename, sourceMap: false}, settings);
  for (const {exportName} of result?.serverReferences ?? []) names.add(exportName);
  names.delete('default');
  names.delete('module.exports');
  return names;
}
