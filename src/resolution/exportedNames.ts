import type {ExportEntry, ParseOptions} from '../transform/index.ts';
import {ModuleGraph, UnknownNames} from './moduleGraph.ts';
import type {Finding} from './requests.ts';

/** The names that one `export * from` exports, or why they are unknown. */
export type StarNames = readonly string[] | {reason: string};

/**
 * Finds what each `export * from` of a module gives, through any number of further ones, by the rules of
 * ECMAScript (https://tc39.es/ecma262/#sec-getexportednames, https://tc39.es/ecma262/#sec-resolveexport):
 * never `default`, nothing that the module exports itself, and no name under which two of them give
 * different things.
 *
 * @param filename absolute path of the module
 * @param options `format`: what the host runs it as, where it says so
 * @returns the names by specifier, sorted
 */
export function* findStarExports(
  source: string,
  filename: string,
  options: ParseOptions = {},
): Finding<Map<string, StarNames>> {
  const graph = new ModuleGraph(filename, source, options);
  const {exports, stars} = yield* graph.record(filename);
  const given = new Map<string, StarNames>();
  for (const specifier of stars) given.set(specifier, yield* namesBehind(graph, specifier));
  const all = [...given.values()].flatMap((names) => ('reason' in names ? [] : names));
  // With an error among them no name matters.
  if ([...given.values()].some((names) => 'reason' in names)) return given;
  const kept = new Set<string>();
  for (const [name, isContested] of countNames(all)) {
    if (exports.has(name)) continue;
    const binding = yield* resolveExport(graph, filename, name, {isContested, seen: new Set()});
    if (binding !== null && binding !== AMBIGUOUS) kept.add(name);
  }
  for (const [specifier, names] of given as Map<string, readonly string[]>) {
    given.set(specifier, [...new Set(names)].filter((name) => kept.has(name)).sort());
  }
  return given;
}

/**
 * Finds every name that a module exports with a value, as far as other modules can be read.
 *
 * @returns the names, sorted
 */
export function* findExportedNames(
  source: string,
  filename: string,
  options: ParseOptions = {},
): Finding<string[]> {
  const graph = new ModuleGraph(filename, source, options);
  const {exports} = yield* graph.record(filename);
  const behind = yield* findStarExports(source, filename, options);
  const names = [...behind.values()].flatMap((found) => ('reason' in found ? [] : found));
  return [...new Set([...exports.keys(), ...names])].sort();
}

function* namesBehind(graph: ModuleGraph, specifier: string): Finding<StarNames> {
  try {
    const target = yield* graph.target(specifier, graph.root);
    return yield* namesOf(graph, target, new Set([graph.root]));
  } catch (error) {
    if (error instanceof UnknownNames) return {reason: error.message};
    throw error;
  }
}

/** Lists all names except `default`; one that several modules export is listed several times. */
function* namesOf(graph: ModuleGraph, filename: string, visited: Set<string>): Finding<string[]> {
  if (visited.has(filename)) return [];
  visited.add(filename);
  const {exports, stars} = yield* graph.record(filename);
  const names = [...exports.keys()];
  for (const specifier of stars) {
    const target = yield* graph.target(specifier, filename);
    names.push(...(yield* namesOf(graph, target, visited)));
  }
  return names.filter((name) => name !== 'default');
}

/** Each name, and whether several modules export it. */
function countNames(names: readonly string[]): Map<string, boolean> {
  const counted = new Map<string, boolean>();
  for (const name of names) counted.set(name, counted.has(name));
  return counted;
}

/** A variable of a module. Two exports are the same when these are. */
type Binding = string;

const AMBIGUOUS = Symbol('ambiguous');

type Resolution = Binding | typeof AMBIGUOUS | null;

interface Search {
  /** Whether several modules export the name, so that it matters which variable it is. */
  isContested: boolean;
  /** Modules and names on the way, to notice circles. */
  seen: Set<string>;
}

function* resolveExport(
  graph: ModuleGraph,
  filename: string,
  name: string,
  search: Search,
): Finding<Resolution> {
  const key = bindingOf(filename, name);
  if (search.seen.has(key)) return null;
  search.seen.add(key);
  const {exports, stars, isModule, isTypeScript} = yield* graph.record(filename);
  const entry = exports.get(name);
  if (entry?.kind === 'local') return bindingOf(filename, entry.localName);
  if (entry) {
    // Follows it only where it matters which variable it is, or whether it is a type and has no value.
    return search.isContested || isTypeScript
      ? yield* resolveIndirect(graph, filename, entry, search)
      : key;
  }
  if (name === 'default') return null;
  let found: Binding | null = null;
  for (const specifier of stars) {
    const target = yield* graph.target(specifier, filename);
    // CommonJS copies values into variables of its own, so each way to a value is another variable.
    const further = isModule ? search : {...search, seen: new Set(search.seen)};
    const resolution = yield* resolveExport(graph, target, name, further);
    if (!isModule && resolution !== null) return key;
    if (resolution === AMBIGUOUS) return AMBIGUOUS;
    if (found !== null && resolution !== null && resolution !== found) return AMBIGUOUS;
    found ??= resolution;
  }
  return found;
}

/** `export {save as store} from './notes'`; what cannot be read is a variable like any other. */
function* resolveIndirect(
  graph: ModuleGraph,
  filename: string,
  {specifier, importedName}: ExportEntry & {kind: 'indirect'},
  search: Search,
): Finding<Resolution> {
  try {
    const target = yield* graph.target(specifier, filename);
    if (importedName === null) return bindingOf(target, '*');
    const {isModule} = yield* graph.record(target);
    const resolution = yield* resolveExport(graph, target, importedName, search);
    // CommonJS may export more than its text shows.
    return resolution === null && !isModule ? bindingOf(target, importedName) : resolution;
  } catch (error) {
    if (error instanceof UnknownNames) return bindingOf(specifier, importedName ?? '*');
    throw error;
  }
}

function bindingOf(filename: string, name: string): Binding {
  return `${filename}\0${name}`;
}
