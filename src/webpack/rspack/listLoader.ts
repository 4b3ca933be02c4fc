import {dirname, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Compiler, LoaderContext} from 'webpack';

const listsOf = new WeakMap<Compiler, Map<string, readonly string[]>>();

/** @param resource of the module that shall hold a list, with a query by which {@link setList} knows it */
export function listRequest(resource: string): string {
  // "!!": the app's own loaders have no business here.
  return `!!${fileURLToPath(import.meta.url)}!${resource}`;
}

/**
 * Says what the module with this query imports.
 *
 * @param filenames absolute paths
 */
export function setList(compiler: Compiler, query: string, filenames: readonly string[]): void {
  let lists = listsOf.get(compiler);
  if (!lists) listsOf.set(compiler, (lists = new Map()));
  lists.set(query, filenames);
}

/**
 * Writes a module that imports a list of others when it is asked to, which never happens.
 *
 * After: `void [() => import('../../src/Button.jsx')];`
 */
export default function listLoader(this: LoaderContext<object>): string {
  this.cacheable(false);
  const filenames = listsOf.get(this._compiler!)?.get(this.resourceQuery) ?? [];
  const imports = filenames.map((filename) => `() => import(${specifierOf(filename, this)})`);
  return `void [${imports.join(', ')}];\nexport {};\n`;
}

/** Relative, since development builds show it. */
function specifierOf(filename: string, {resourcePath}: LoaderContext<object>): string {
  const path = relative(dirname(resourcePath), filename).replaceAll('\\', '/');
  return JSON.stringify(path.startsWith('.') ? path : `./${path}`);
}
