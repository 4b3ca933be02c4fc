import {builtinModule} from '../platform/builtinModule.ts';
import {nodeFiles, type NodeFiles} from './nodeFiles.ts';

type Require = NodeJS.Require;

/**
 * Loads a module by `require`, when that is how the app loads it.
 *
 * Tools that compile what is required (`@babel/register` and the like) let ES modules run as CommonJS.
 * An `import` of such a module would run it a second time, as what its author wrote, and what one copy
 * remembers the other does not have.
 *
 * @param file absolute path of the module
 * @returns what it exports; `null` for a module to be imported
 */
export function loadByRequire(file: string): {exports: unknown} | null {
  const require = requireBeside(file);
  if (!require) return null;
  const resolved = require.resolve(file);
  return require.cache[resolved] || isForRequire(resolved, require)
    ? {exports: require(resolved)}
    : null;
}

/** Whether a copy of the module is there that was loaded by `require`. */
export function isRequired(file: string): boolean {
  const require = requireBeside(file);
  if (!require || !files().existsSync(file)) return false;
  return require.cache[require.resolve(file)] !== undefined;
}

/**
 * `require` as it works in the folder of a file.
 *
 * @returns `undefined` where modules are loaded in another way: in a realm of its own (as in Jest), what
 *   the process has required is not what the app has
 */
function requireBeside(file: string): Require | undefined {
  const nodeModule = builtinModule('node:module');
  if (!nodeModule || !(nodeModule.builtinModules instanceof Array)) return undefined;
  const {dirname, sep} = files();
  // From a folder: to a TypeScript file tsx would give `a.tsx` for `a.jsx` if there are both.
  return nodeModule.createRequire(`${dirname(file)}${sep}`);
}

/** A module that is still to be loaded, and goes with those of its package that are. */
function isForRequire(file: string, require: Require): boolean {
  const folder = packageFolder(file);
  if (isESM(file, folder)) return false;
  return isForRequireOnly(file, require) || compilesForRequire(folder, require);
}

/** What Node cannot run without a tool, where that tool compiles for `require`. */
function isForRequireOnly(file: string, require: Require): boolean {
  const extension = files().extname(file);
  const isOfNode =
    extension === '.js' ||
    extension === '.cjs' ||
    (/^\.c?ts$/.test(extension) &&
      'typescript' in process.features &&
      Boolean(process.features.typescript));
  // Deprecated, and what all such tools use: https://nodejs.org/api/modules.html#requireextensions
  // oxlint-disable-next-line typescript/no-deprecated
  return !isOfNode && require.extensions[extension] !== undefined;
}

/** Whether a module of the package was written as an ES module, and runs as CommonJS. */
function compilesForRequire(folder: string, require: Require): boolean {
  const {sep} = files();
  return Object.entries(require.cache).some(([file, module]) => {
    if (!file.startsWith(folder + sep) || file.includes(`${sep}node_modules${sep}`)) return false;
    const exports: unknown = module?.exports;
    return isCompiled(exports) && hasESSyntax(file);
  });
}

/** What is left of ES modules in CommonJS. What `require` gives for an ES module is a namespace. */
function isCompiled(exports: unknown): boolean {
  return (
    typeof exports === 'object' &&
    exports !== null &&
    '__esModule' in exports &&
    !Object.hasOwn(exports, Symbol.toStringTag)
  );
}

const ES_SYNTAX = /^[ \t]*(?:import|export)\b/m;

function hasESSyntax(file: string): boolean {
  try {
    return ES_SYNTAX.test(files().readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
}

/** By its name, or by its package: no tool lets `require` take it for CommonJS. */
function isESM(file: string, folder: string): boolean {
  if (/\.m[jt]s$/.test(file)) return true;
  if (/\.c[jt]s$/.test(file)) return false;
  const {existsSync, readFileSync, resolve} = files();
  const description = resolve(folder, 'package.json');
  if (!existsSync(description)) return false;
  return (JSON.parse(readFileSync(description, 'utf8')) as {type?: unknown}).type === 'module';
}

/** The next folder above with a package.json, as Node looks for it. */
function packageFolder(file: string): string {
  const {dirname, existsSync, resolve} = files();
  let folder = dirname(file);
  while (!existsSync(resolve(folder, 'package.json')) && dirname(folder) !== folder) {
    folder = dirname(folder);
  }
  return folder;
}

function files(): NodeFiles {
  return nodeFiles('Modules are required from files, but this runtime has no file system.');
}
