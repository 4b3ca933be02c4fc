import {REPORT_VERSION} from '../../report/report.ts';
import type {
  Crossing,
  Exposure,
  Report,
  ReportedFunction,
  ReportedGuard,
  ReportedModule,
  UncallableExport,
  FunctionUser,
} from '../../report/report.ts';
import type {FunctionDetails, Reference} from '../../transform/types.ts';
import type {DirectiveModule} from '../compileModule.ts';
import {noDependencies, type FileHost} from '../findInWebpack.ts';
import type {FoundImport, SideFacts} from './facts.ts';
import {pathFrom} from './paths.ts';

export interface ReportInput {
  server: Report['server'];
  mode: string;
  root: string;
  host: FileHost;
  /** Modules with server functions, with their details, as the server has them. */
  modules: readonly DirectiveModule[];
  /** The ids in the server manifest. */
  callable: ReadonlySet<string>;
  sides: readonly SideFacts[];
}

/** Puts together what the builds have found. The same builds give the same report, wherever they run. */
export async function makeReport(input: ReportInput): Promise<Report> {
  const {server, mode, modules, callable, sides} = input;
  const imports = sides.flatMap((side) => side.imports);
  const references = modules.flatMap((module) =>
    module.serverReferences.map((reference) => ({module, reference})),
  );
  const [exposed, left] = [true, false].map((isCallable) =>
    references.filter(({reference}) => callable.has(reference.id) === isCallable),
  ) as [Found[], Found[]];
  const functions = await Promise.all(exposed.map((found) => describe(found, imports, input)));
  return {
    version: REPORT_VERSION,
    server,
    mode,
    functions: functions.sort(byPlace),
    uncallable: left.map((found) => placeOf(found)).sort(byPlace),
    modules: sides.flatMap((side) => side.modules).sort(byPath),
    crossings: crossingsOf(imports, input),
  };
}

interface Found {
  module: DirectiveModule;
  reference: Reference;
}

function placeOf({module: {path}, reference: {exportName, loc}}: Found): UncallableExport {
  return {name: exportName, file: path, line: loc.start.line, column: loc.start.column + 1};
}

function byPlace(a: UncallableExport, b: UncallableExport): number {
  return (
    compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.name, b.name)
  );
}

function byPath(a: ReportedModule, b: ReportedModule): number {
  return compare(a.graph, b.graph) || compare(a.path, b.path);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** Of a module that could not be looked into. */
const NO_DETAILS: Omit<FunctionDetails, 'label'> = {
  within: null,
  captures: [],
  guards: [],
  parameters: null,
  validatedBy: null,
  importedFrom: null,
  uses: [],
};

async function describe(
  found: Found,
  imports: readonly FoundImport[],
  input: ReportInput,
): Promise<ReportedFunction> {
  const {module, reference} = found;
  const {id, exportName, isInline = false, details} = reference;
  const known = {label: exportName, ...NO_DETAILS, ...details};
  const fileOf = (specifier: string) => resolveFrom(module.filename, specifier, input);
  const usedBy = isInline
    ? [ownModule(module, known)]
    : usersOf(module.filename, exportName, imports, input);
  const handedOutBy = handersOf(module, exportName);
  const {captures, parameters, validatedBy, within} = known;
  return {
    ...placeOf(found),
    id,
    name: known.label,
    kind: isInline ? 'inline' : 'module',
    within,
    exposure: isInline ? 'inline' : exposureOf(usedBy, handedOutBy, reference),
    captures,
    usedBy,
    handedOutBy,
    guards: await Promise.all(known.guards.map((guard) => describeGuard(guard, fileOf))),
    parameters,
    validatedBy,
    definedIn: known.importedFrom === null ? null : await fileOf(known.importedFrom),
  };
}

async function describeGuard(
  {kind, name, from}: FunctionDetails['guards'][number],
  fileOf: (specifier: string) => Promise<string>,
): Promise<ReportedGuard> {
  return {kind, name, file: from === null ? null : await fileOf(from)};
}

function ownModule({path}: DirectiveModule, {uses}: Pick<FunctionDetails, 'uses'>): FunctionUser {
  return {file: path, graph: 'server', isWhole: false, uses, chunks: []};
}

function usersOf(
  filename: string,
  exportName: string,
  imports: readonly FoundImport[],
  {root}: ReportInput,
): FunctionUser[] {
  const users = new Map<string, FunctionUser>();
  for (const {from, graph, to, name, uses, chunks} of imports) {
    if (to !== filename || (name !== exportName && name !== '*')) continue;
    const file = pathFrom(root, from);
    const known = users.get(`${graph} ${file}`);
    const isWhole = name === '*' && known?.isWhole !== false;
    const all = uniqueUses([...(known?.uses ?? []), ...uses]);
    const inChunks = [...new Set([...(known?.chunks ?? []), ...chunks])].sort();
    users.set(`${graph} ${file}`, {file, graph, isWhole, uses: all, chunks: inChunks});
  }
  return [...users.values()].sort((a, b) => compare(a.graph, b.graph) || compare(a.file, b.file));
}

function uniqueUses(uses: readonly FunctionUser['uses'][number][]): FunctionUser['uses'] {
  const unique = new Map(uses.map((use) => [`${use.line} ${use.kind}`, use]));
  return [...unique.values()].sort((a, b) => a.line - b.line || compare(a.kind, b.kind));
}

/** The functions of a module that may give one of its exports away. */
function handersOf({serverReferences}: DirectiveModule, exportName: string): string[] {
  return serverReferences
    .filter((other) => other.exportName !== exportName && other.handsOut?.includes(exportName))
    .map((other) => other.exportName)
    .sort();
}

function exposureOf(
  users: readonly FunctionUser[],
  handedOutBy: readonly string[],
  {isHandedOut}: Reference,
): Exposure {
  if (users.some(({graph}) => graph === 'client')) return 'client';
  const isGiven = ({uses}: FunctionUser) =>
    uses.length === 0 || uses.some(({kind}) => kind !== 'called');
  if (users.some(isGiven)) return 'server';
  if (handedOutBy.length > 0 || isHandedOut) return 'handed-out';
  return users.length > 0 ? 'server-calls' : 'unused';
}

/** A path from the root; of a package, or of what is not found, the specifier says more. */
async function resolveFrom(
  filename: string,
  specifier: string,
  {host, root}: ReportInput,
): Promise<string> {
  const found = await host.resolve(
    {kind: 'resolve', specifier, from: filename, graph: 'server', by: 'import', tsconfig: null},
    noDependencies(),
  );
  if (found === null) return specifier;
  const path = pathFrom(root, found);
  return path.startsWith('../') || path.includes('node_modules/') ? specifier : path;
}

function crossingsOf(imports: readonly FoundImport[], {root, sides}: ReportInput): Crossing[] {
  const directives = new Map(
    sides.flatMap((side) => side.modules.map(({path, directive}) => [path, directive] as const)),
  );
  const crossings = new Map<string, Crossing>();
  for (const {from, graph, to} of imports) {
    const [source, target] = [pathFrom(root, from), pathFrom(root, to)];
    const isOfServer = directives.get(target) !== 'use client';
    if (isOfServer === (graph === 'server')) continue;
    const kind = graph === 'client' ? 'calls' : 'renders';
    crossings.set(`${source}\0${target}`, {kind, from: source, to: target});
  }
  return [...crossings.values()].sort(
    (a, b) => compare(a.kind, b.kind) || compare(a.from, b.from) || compare(a.to, b.to),
  );
}
